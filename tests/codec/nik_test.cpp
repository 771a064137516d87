// SPDX-License-Identifier: Apache-2.0
#include "codec/nik.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace kentongan::codec {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// The definition, word by word: from each place on, 16 digits with separators between them.
bool slow_holds_nik(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (!digit(text[begin]) || (begin > 0 && digit(text[begin - 1]))) continue;
    std::string digits;
    std::size_t at = begin;
    while (at < text.size() && digits.size() < 16) {
      const char c = text[at];
      if (!digit(c) && c != ' ' && c != '.' && c != '-') break;
      if (digit(c)) digits += c;
      ++at;
    }
    if (digits.size() < 16 || (at < text.size() && digit(text[at]))) continue;
    const int day = std::stoi(digits.substr(6, 2));
    const int month = std::stoi(digits.substr(8, 2));
    const bool day_good = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
    if (day_good && month >= 1 && month <= 12) return true;
  }
  return false;
}

TEST(Nik, AgreesWithTheDefinition) {
  EXPECT_TRUE(rc::check([] {
    // Few digits, so that days and months come up, and separators.
    const auto text = *rc::gen::container<std::string>(
        rc::gen::weightedElement<char>({{30, '1'}, {20, '0'}, {4, '4'}, {2, ' '}, {2, '.'}, {2, '-'}, {1, 'x'}}));
    RC_ASSERT(holds_nik(text) == slow_holds_nik(text));
    const std::string masked = mask_niks(text);
    RC_ASSERT(!holds_nik(masked));
    RC_ASSERT(masked.size() == text.size());
    RC_ASSERT((masked == text) == !holds_nik(text));
  }));
}

TEST(Nik, LongRowsOfDigits) {
  for (std::size_t size = 14; size < 400; ++size) {
    const std::string row(size, '1');
    EXPECT_EQ(holds_nik(row), size == 16) << size;
    EXPECT_EQ(holds_nik("x" + row + "y"), size == 16) << size;
    EXPECT_TRUE(holds_nik(row + " 1111111111111111"));
  }
}

TEST(Nik, DaysAndMonths) {
  for (int day = 0; day < 100; ++day) {
    for (int month = 0; month < 100; ++month) {
      const std::string two = std::to_string(100 + day).substr(1) + std::to_string(100 + month).substr(1);
      const bool good = ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12;
      EXPECT_EQ(holds_nik("357301" + two + "900001"), good);
      EXPECT_EQ(number_is_nik("357301" + two + "900001"), good);
    }
  }
}

}  // namespace
}  // namespace kentongan::codec
