// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/whatsapp_callback.hpp"

#include <gtest/gtest.h>

namespace kentongan::notify {
namespace {

/// As the Cloud API's documentation has it, with numbers that are nobody's.
std::string body_with(const std::string& message) {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{)"
         R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":)"
         R"("106540352242922"},"contacts":[{"profile":{"name":"Lurah"},"wa_id":"6281200000001"}],"messages":[)" +
         message + R"(]},"field":"messages"}]}]})";
}

const std::string kButton =
    R"({"context":{"from":"15550783881","id":"wamid.A"},"from":"6281200000001","id":"wamid.B","timestamp":"1700000000",)"
    R"("type":"button","button":{"payload":"a:0123456789abcdef0123456789abcdef","text":"Saya terima"}})";
const std::string kReply =
    R"({"from":"6281200000002","id":"wamid.C","timestamp":"1700000000","type":"interactive","interactive":)"
    R"({"type":"button_reply","button_reply":{"id":"c:0123456789abcdef0123456789abcdef","title":"Benarkan"}}})";

TEST(WhatsappCallback, PressesOfBothKindsOfButtons) {
  const auto presses = read_whatsapp_presses(body_with(kButton + "," + kReply));
  ASSERT_TRUE(presses);
  ASSERT_EQ(presses->size(), 2U);
  EXPECT_EQ(presses->at(0).from, "+6281200000001");
  EXPECT_EQ(presses->at(0).chat, "6281200000001");
  EXPECT_EQ(presses->at(0).data, "a:0123456789abcdef0123456789abcdef");
  EXPECT_EQ(presses->at(0).id, "wamid.B");
  EXPECT_EQ(presses->at(1).data, "c:0123456789abcdef0123456789abcdef");
}

TEST(WhatsappCallback, WhatIsNoPressIsLeftOut) {
  const auto text = read_whatsapp_presses(
      body_with(R"({"from":"6281200000001","id":"wamid.D","type":"text","text":{"body":"a:0123456789abcdef"}})"));
  ASSERT_TRUE(text);
  EXPECT_TRUE(text->empty());
  const auto status = read_whatsapp_presses(
      R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"statuses":[{"id":"w",)"
      R"("status":"delivered"}]}}]}]})");
  ASSERT_TRUE(status);
  EXPECT_TRUE(status->empty());
}

TEST(WhatsappCallback, WhatIsNoCallback) {
  for (const char* body : {"", "[]", "{}", "{\"object\":\"page\"}", "nonsense"}) {
    EXPECT_FALSE(read_whatsapp_presses(body)) << body;
  }
  std::string many;
  for (int i = 0; i < 300; ++i) many += (i == 0 ? "" : ",") + kButton;
  EXPECT_EQ(read_whatsapp_presses(body_with(many))->size(), 100U);
}

TEST(WhatsappCallback, IsSigned) {
  // openssl dgst -sha256 -hmac secret
  const std::string body = "{\"a\":1}";
  const std::string good = "sha256=c8e0e8bd2b0f4a5e";
  EXPECT_FALSE(is_from_whatsapp("secret", good, body));
  EXPECT_FALSE(is_from_whatsapp("secret", "", body));
  EXPECT_TRUE(
      is_from_whatsapp("secret", "sha256=aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494", body));
  EXPECT_FALSE(
      is_from_whatsapp("other", "sha256=aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494", body));
  EXPECT_FALSE(is_from_whatsapp("secret", "sha256=aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494",
                                body + " "));
}

}  // namespace
}  // namespace kentongan::notify
