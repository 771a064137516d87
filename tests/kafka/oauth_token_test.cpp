// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/oauth_token.hpp"

#include <gtest/gtest.h>

#include "codec/json_append.hpp"

namespace kentongan::kafka {
namespace {

std::string token(std::string_view payload) {
  std::string text = "eyJhbGciOiJub25lIn0.";
  codec::append_base64(text, payload);
  return text + ".c2lnbmF0dXJl";
}

TEST(OauthToken, SaysWhoAndUntilWhen) {
  const auto claims = read_token(token(R"({"iss":"x","sub":"worker","exp":1700000000.5,"scope":["a"]})"));
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->principal, "worker");
  EXPECT_EQ(claims->expires_ms, 1'700'000'000'500);
}

TEST(OauthToken, RefusesWhatIsNoneWithoutRepeatingIt) {
  for (const std::string& bad : {std::string(), std::string("secret"), std::string("a.secret"),
                                 std::string("a.se cret.c"), token("secret"), token("[]"), token(R"({"sub":"secret"})"),
                                 token(R"({"exp":1700000000})"), token(R"({"sub":"secret","exp":"soon"})"),
                                 token(R"({"sub":"secret","exp":-1})"), token(R"({"sub":"secret","exp":1e300})")}) {
    const auto claims = read_token(bad);
    ASSERT_FALSE(claims) << bad;
    EXPECT_EQ(claims.error().kind, Error::Kind::usage);
    EXPECT_EQ(claims.error().message.find("secret"), std::string::npos) << claims.error().message;
  }
}

}  // namespace
}  // namespace kentongan::kafka
