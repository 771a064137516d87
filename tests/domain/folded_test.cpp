// SPDX-License-Identifier: Apache-2.0
#include "domain/folded.hpp"

#include <gtest/gtest.h>

namespace kentongan {
namespace {

struct Case {
  const char* text;
  const char* folded;
};

constexpr Case kCases[] = {{"", ""},
                           {"   ", ""},
                           {"Stadion Gajayana", "stadion gajayana"},
                           {"  STADION  Gajayana\t", "stadion  gajayana"},
                           {"\xC2\xA0"
                            "Balai\xE3\x80\x80",
                            "balai"},
                           {"ÄÖÜ×ß", "äöü×ß"},
                           {"ŁÓDŹ Žižka Ÿ", "łódź žižka ÿ"},
                           {"ΑΘΗΝΑ", "αθηνα"},
                           {"ЙОШКАР Ђ", "йошкар ђ"},
                           {"ẤẠ", "ấạ"},
                           {"湖 😀 X", "湖 😀 x"}};

TEST(Folded, SmallLettersWithoutOuterSpaces) {
  for (const Case& one : kCases) EXPECT_EQ(folded(one.text), one.folded) << one.text;
}

}  // namespace
}  // namespace kentongan
