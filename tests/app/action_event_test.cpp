// SPDX-License-Identifier: Apache-2.0
#include "app/action_event.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/rule_source.hpp"
#include "codec/decoder.hpp"

namespace kentongan::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Reference& reference() {
  static const LoadedRules loaded = *load_rules({{std::string(KENTONGAN_SOURCE_DIR) + "/rules"}, {}});
  return *loaded.reference;
}

/// As the service judges a posted body; an empty message where it is good.
ports::RejectedEvent judge(std::string_view body) {
  if (auto fault = fault_of_action(body)) return *std::move(fault);
  codec::Decoder decoder(std::make_shared<const Reference>(reference()));
  const std::string event = action_event(TimePoint{}, "35.73-0123", body);
  const auto decoded = decoder.decode(event);
  if (decoded) return {};
  ports::IntakeAnswer answer;
  answer.rejected.push_back({0, decoded.error().reason, decoded.error().pointer, decoded.error().message});
  point_into_body(answer);
  return answer.rejected.front();
}

TEST(ActionEvent, TakesAGoodBodyHoweverItIsWritten) {
  for (const std::string_view body : {R"({"action":"confirm","actor":{"ref":"o-1"}})",
                                      " {\n \"action\" : \"confirm\",\n \"actor\": {\"ref\": \"o-1\"} }\n"}) {
    EXPECT_EQ(judge(body).message, "") << body;
  }
}

TEST(ActionEvent, PlacesAreThoseOfTheBody) {
  struct Case {
    std::string_view body;
    RejectReason reason;
    std::string_view pointer, says;
  };
  using enum RejectReason;
  for (const auto& [body, reason, pointer, says] : {
           Case{"", malformed_json, "", "byte 0: "},
           {"nonsense", malformed_json, "", "byte 0: "},
           {R"({"action":"confirm",)", malformed_json, "", "byte 20: "},
           {R"({"action":"confirm"} x)", malformed_json, "", "byte 21: "},
           {R"({"action":"confirm","action":"confirm"})", malformed_json, "", "byte 28: "},
           {R"({"note":{"a":"},"specversion":")", malformed_json, "", "byte "},
           {"[]", invalid_event, "", "an action is a JSON object"},
           {"null", invalid_event, "", "an action is a JSON object"},
           {"{}", invalid_event, "/action", "/action is missing"},
           {" { } ", invalid_event, "/action", "/action is missing"},
           {R"({"action":"praise","actor":{"ref":"o"}})", invalid_event, "/action", "/action is \"praise\""},
           {R"({"action":"confirm"})", invalid_event, "/actor", "/actor is missing"},
           {R"({"action":"confirm","actor":{}})", invalid_event, "/actor/ref", "/actor/ref is missing"},
           {R"({"action":"confirm","actor":{"ref":7}})", invalid_event, "/actor/ref", "/actor/ref must be a text"},
           {R"({"action":"snooze","actor":{"ref":"o"},"until":"2024-02-30T08:00:00Z"})", invalid_event, "/until",
            "/until is \"2024-02-30T08:00:00Z\", which names a day that does not exist"},
           {R"({"action":"confirm","actor":{"ref":"o"},"note":"3573010101900001"})", personal_data, "/note",
            "\"/note\" holds a NIK"},
           {R"({"alert":"35.73-1","action":"confirm","actor":{"ref":"o"}})", invalid_event, "/alert",
            "the one in the address"},
       }) {
    const ports::RejectedEvent rejected = judge(body);
    EXPECT_EQ(rejected.reason, reason) << body;
    EXPECT_EQ(rejected.pointer, pointer) << body;
    EXPECT_THAT(rejected.message, HasSubstr(std::string(says))) << body;
    EXPECT_THAT(rejected.message, Not(HasSubstr("/data"))) << body;
  }
}

TEST(ActionEvent, SizeAndDepthAreThoseOfTheBody) {
  const std::string large = R"({"note":")" + std::string(300'000, 'x') + "\"}";
  EXPECT_EQ(judge(large).reason, RejectReason::too_large);
  EXPECT_THAT(judge(large).message, HasSubstr(std::to_string(large.size())));
  const std::string deep = R"({"a":)" + std::string(63, '[') + std::string(63, ']') + "}";
  EXPECT_EQ(judge(deep).reason, RejectReason::too_deep);
}

}  // namespace
}  // namespace kentongan::app
