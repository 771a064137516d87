// SPDX-License-Identifier: Apache-2.0
// One slip of the pen at a time, in a file that is good otherwise: the first finding names its line and cause.
#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "support.hpp"

namespace kentongan::rules {
namespace {

constexpr std::string_view kGood = R"(version: 1
rules:
  - id: one
    title: {id: Satu, en: One}
    on: report
    match: {category: hoax}
    check: {}
    alert:
      level: siaga
      message: {id: Hoaks, en: Hoax}
      to: [lurah]
  - id: two
    check: {per: city}
    alert: {level: siaga, message: {id: "m"}}
)";

struct Slipped {
  std::string_view name, good, bad;
  int line;
  std::string_view message, hint;
};

class Slips : public testing::TestWithParam<Slipped> {};

TEST_P(Slips, AreNamedAtTheirLine) {
  const Slipped& slip = GetParam();
  std::string text(kGood);
  const std::size_t at = text.find(slip.good);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, slip.good.size(), slip.bad);
  const Loaded loaded = load_text(text);
  ASSERT_FALSE(loaded.diagnostics.all.empty());
  const Diagnostic& first = loaded.diagnostics.all.front();
  EXPECT_EQ(loaded.diagnostics.all.size(), 1U) << loaded.diagnostics.all.back().message.en;
  EXPECT_EQ(first.code, "syntax");
  EXPECT_EQ(first.line, slip.line) << first.message.en;
  EXPECT_NE(first.message.en.find(slip.message), std::string::npos) << first.message.en;
  EXPECT_NE(first.hint.en.find(slip.hint), std::string::npos) << first.hint.en;
}

constexpr std::string_view kMessage = "message: {id: Hoaks, en: Hoax}";
constexpr std::string_view kLevel = "      level: siaga";

INSTANTIATE_TEST_SUITE_P(
    Table, Slips,
    testing::Values(
        Slipped{"colon_in_a_map", kMessage, "message: {id: Hoaks: berat}", 10, "a second `: `", "in quotes"},
        Slipped{"colon_in_a_map_of_two", kMessage, "message: {id: Hoaks: berat, en: Hoax}", 10, "a second `: `",
                "in quotes"},
        Slipped{"never_closed", kMessage, "message: {id: 'Hoaks, en: Hoax}", 10, "is never closed", "close it"},
        Slipped{"closed_by_another", kMessage, "message: {id: \"Hoaks, en: Hoax}", 10,
                "is closed only by one on line 14", "add the closing quote"},
        Slipped{"closed_by_another_in_a_block", kLevel, "      level: \"siaga", 9, "is closed only by one on line 14",
                "add the closing quote"},
        Slipped{"apostrophe", kMessage, "message: {id: 'Jum'at', en: Hoax}", 10, "the quoted text ends here",
                "'Jum''at'"},
        Slipped{"apostrophe_in_a_block", kLevel, "      level: 'si'aga'", 9, "the quoted text ends here", "'Jum''at'"},
        Slipped{"quote_in_quotes", kMessage, "message: {id: \"kata \"pilih\" itu\", en: Hoax}", 10,
                "the quoted text ends here", "as \\\""},
        Slipped{"typographic", kMessage, "message: {id: “Hoaks: berat”, en: Hoax}", 10, "typographic quote", "\" or '"},
        Slipped{"typographic_in_a_block", kLevel, "      level: ‘siaga: x’", 9, "typographic quote", "\" or '"},
        Slipped{"no_blank", kLevel, "      level:siaga", 9, "no blank behind this colon", "`level: siaga`"},
        Slipped{"no_blank_before_a_map", "title: {id", "title:{id", 4, "no blank behind this colon", "`title: {..}`"},
        Slipped{"no_blank_in_a_map", "{level: siaga", "{level:siaga", 14, "no blank behind this colon",
                "`level: siaga`"},
        Slipped{"no_blank_before_quotes", "{category: hoax}", "{category:\"hoax\"}", 6, "no blank behind this colon",
                "`category: \"hoax\"`"},
        Slipped{"no_colon", "    check: {}\n", "    check\n", 7, "no colon behind `check`", "`check:`"},
        Slipped{"no_colon_before_a_map", "    check: {}\n", "    check{}\n", 7, "no colon behind `check`",
                "`check: {}`"},
        Slipped{"no_colon_before_a_value", "version: 1", "version 1", 1, "no colon behind `version`", "`version: 1`"},
        Slipped{"no_colon_at_the_end", "      to: [lurah]\n", "      to\n", 11, "no colon behind `to`", "`to:`"},
        Slipped{"no_blank_behind_a_dash", "  - id: two", "  -id: two", 12, "no blank behind this dash", "`- id: two`"},
        Slipped{"item_without_a_key", "  - id: two", "  - two", 12, "`two` has no key", "`- id: two`"},
        Slipped{"first_item_without_a_key", "  - id: one", "  - one", 3, "`one` has no key", "`- id: one`"},
        Slipped{"no_break_space", "    on: report", "  \u00A0 on: report", 5, "no-break space", "indent with spaces"},
        Slipped{"no_break_spaces", "    on: report", "\u00A0\u00A0\u00A0\u00A0on: report", 5, "no-break space",
                "indent with spaces"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(NoSlips, WhatLooksLikeOneAndIsGood) {
  for (const auto& [good, other] : {
           std::pair{kMessage, std::string_view("message: {id: \"Jum'at: besok\", en: 'It''s \"so\"'}")},
           {kMessage, "message:\n        id: “Hoaks” beredar\n        en: >-\n          level:x 'a'b \"c"},
           {kMessage, "message: {id: \"Hoaks\n        berat\", en: Hoax}"},
           {kMessage, "message: {id: http://contoh.id/a:b, en: Hoax}"},
           {"title: {id: Satu, en: One}", "# 'a comment\"s\n    title: {id: Satu, en: One}"},
       }) {
    std::string text(kGood);
    text.replace(text.find(good), good.size(), other);
    EXPECT_EQ(codes_of(load_text(text)), "") << other;
  }
}

}  // namespace
}  // namespace kentongan::rules
