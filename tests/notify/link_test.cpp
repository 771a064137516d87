// SPDX-License-Identifier: Apache-2.0
#include "notify/link.hpp"

#include <gtest/gtest.h>

#include "notify/mac.hpp"

namespace kentongan::notify {
namespace {

using namespace std::chrono_literals;

const TimePoint kNow(Duration(1'700'000'000'000));
const std::vector<std::string> kKeys{"0123456789abcdef0123456789abcdef"};
const AnswerLink kLink{"35.73-0d8ab7b5cd50a4d1", "lurah-kiduldalem", kNow + 48h};

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

TEST(Mac, IsThatOfItsSpecification) {
  // RFC 4231, test case 2.
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
}

TEST(Link, LeadsBackToWhatItWasMadeOf) {
  const std::string text = write_link(kKeys, kLink);
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
            std::string::npos);
  const auto read = read_link(kKeys, text, kNow);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, kLink);
}

TEST(Link, IsStaleFromItsLastSecondOn) {
  const std::string text = write_link(kKeys, kLink);
  EXPECT_TRUE(read_link(kKeys, text, kLink.expires - 1s));
  const auto late = read_link(kKeys, text, kLink.expires);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error(), LinkFault::stale);
}

TEST(Link, OneThatIsChangedIsForged) {
  const std::string text = write_link(kKeys, kLink);
  const std::size_t dot = text.find('.');
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {  // the last character holds bits that are not of the signature
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed == text) continue;
    const auto read = read_link(kKeys, changed, kNow);
    ASSERT_FALSE(read) << i;
    EXPECT_EQ(read.error(), LinkFault::forged);
  }
  const std::string other = write_link(kKeys, {"35.73-0d8ab7b5cd50a4d1", "camat-klojen", kLink.expires});
  for (const std::string& made_up :
       {std::string(), std::string("."), text.substr(0, dot), text.substr(0, dot + 1), text.substr(dot), text + "A",
        other.substr(0, other.find('.')) + text.substr(dot), std::string(5000, 'A') + text}) {
    EXPECT_FALSE(read_link(kKeys, made_up, kNow)) << made_up;
  }
}

TEST(Link, WhileOneKeyTakesThePlaceOfAnotherBothAreGood) {
  const std::string old = write_link(kKeys, kLink);
  const auto keys = read_link_keys("fedcba9876543210fedcba9876543210\n0123456789abcdef0123456789abcdef\n");
  ASSERT_TRUE(keys);
  EXPECT_TRUE(read_link(*keys, old, kNow));
  EXPECT_FALSE(read_link({keys->front()}, old, kNow));
  EXPECT_TRUE(read_link({keys->front()}, write_link(*keys, kLink), kNow));
}

TEST(Link, KeysThatAreNone) {
  for (const char* text : {"", " \n", "short", "0123456789abcdef0123456789abcdef short"}) {
    const auto keys = read_link_keys(text);
    ASSERT_FALSE(keys) << text;
    EXPECT_EQ(keys.error().kind, Error::Kind::usage);
    EXPECT_EQ(keys.error().message.find("short "), std::string::npos);
  }
}

}  // namespace
}  // namespace kentongan::notify
