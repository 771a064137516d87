// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/signature.hpp"

#include <gtest/gtest.h>

#include "adapters/notify/mail_text.hpp"

namespace kentongan::notify {
namespace {

TEST(Signature, IsThatOfTheSpecification) {
  // The example of the specification's text, and of its reference libraries.
  const auto keys = read_keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(sign(*keys, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signature, WhileOneKeyTakesThePlaceOfAnotherThereAreTwo) {
  const auto keys = read_keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw \n whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->size(), 2U);
  const std::string header = sign(*keys, "a", "1", "");
  EXPECT_EQ(header.find("v1,"), 0U);
  EXPECT_NE(header.find(" v1,"), std::string::npos);
}

TEST(Signature, KeysThatAreNone) {
  for (const char* text :
       {"", " ", "secret", "whsec_", "whsec_????", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}) {
    const auto keys = read_keys(text);
    ASSERT_FALSE(keys) << text;
    EXPECT_EQ(keys.error().kind, Error::Kind::usage);
    EXPECT_EQ(keys.error().message.find("MfKQ"), std::string::npos);
  }
}

TEST(MailText, Addresses) {
  for (const char* good : {"a@b", "lurah.kauman+x@example.go.id"}) EXPECT_TRUE(is_mail_address(good)) << good;
  for (const char* bad :
       {"", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "<a@b>", "a@b,c@d", "a@b;c", "\"a\"@b"}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  }
}

TEST(MailText, NoLineIsLongerThanMailAllows) {
  ports::Notice notice;
  notice.kind = ports::NoticeKind::test;
  for (int i = 0; i < 500; ++i) notice.text += "\u00e9\u20ac. \r\n.\r\n";
  const std::string mail = mail_text({"a@b", "c@d", "0123", TimePoint(Duration(1'700'000'000'000))}, notice, false);
  std::size_t begin = 0;
  while (begin < mail.size()) {
    const std::size_t end = mail.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 78U);
    EXPECT_NE(mail.substr(begin, end - begin), ".");
    begin = end + 2;
  }
  EXPECT_NE(mail.find("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"), std::string::npos);
}

}  // namespace
}  // namespace kentongan::notify
