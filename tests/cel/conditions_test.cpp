// SPDX-License-Identifier: Apache-2.0
// What a program tells about itself: conditions for the index, slots, conjuncts.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "testing.hpp"

namespace kentongan::cel {
namespace {

using Relation = Condition::Relation;

std::string_view sign(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "==";
    case Relation::not_equal:
      return "!=";
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "<=";
    case Relation::greater:
      return ">";
    case Relation::greater_equal:
      return ">=";
    case Relation::one_of:
      return "in";
  }
  return "";
}

std::string show(std::span<const Condition> conditions) {
  std::string text;
  for (const Condition& condition : conditions) {
    text += fmt::format("{}#{} {}", text.empty() ? "" : "; ", condition.slot.value, sign(condition.relation));
    for (const Value& constant : condition.constants) {
      text += ' ' + to_text(constant, TextStyle::literal);
    }
  }
  return text;
}

struct RequiredCase {
  std::string_view text;
  std::string_view conditions;
};

class RequiredTest : public ::testing::TestWithParam<RequiredCase> {};

TEST_P(RequiredTest, AreFound) {
  const auto program = compile(GetParam().text, testing::report_environment());
  ASSERT_TRUE(program) << testing::error_lines(program.error()).front();
  EXPECT_EQ(show(program->required()), GetParam().conditions);
}

// Slots: severity 0, category 1, source 2, content 3, tps 4, power 7.
INSTANTIATE_TEST_SUITE_P(
    Conditions, RequiredTest,
    ::testing::Values(
        RequiredCase{"severity == 3", "#0 == 3"}, RequiredCase{"3 == severity", "#0 == 3"},
        RequiredCase{"3 < severity", "#0 > 3"}, RequiredCase{"3 >= severity", "#0 <= 3"},
        RequiredCase{"severity >= 2 && category == 'a'", "#0 >= 2; #1 == \"a\""},
        RequiredCase{"(severity >= 2 && severity != 4) && tps == '1'", "#0 >= 2; #0 != 4; #4 == \"1\""},
        RequiredCase{"category in ['a', 'b']", "#1 in \"a\" \"b\""},
        RequiredCase{"category in pressure", "#1 in \"intimidation\" \"provocation\""},
        RequiredCase{"category == 'a' || category == 'b'", "#1 in \"a\" \"b\""},
        RequiredCase{"'a' == category || category in ['b', 'c']", "#1 in \"a\" \"b\" \"c\""},
        RequiredCase{"category == 'a' || severity == 1", ""}, RequiredCase{"category == 'a' || category != 'b'", ""},
        RequiredCase{"severity >= 1 + 1", "#0 >= 2"},
        RequiredCase{"credible && severity == 1", "#2 in \"A\" \"B\" \"C\"; #3 <= 3; #0 == 1"},
        RequiredCase{"power && severity == 1", "#7 == true; #0 == 1"}, RequiredCase{"!power", "#7 == false"},
        RequiredCase{"!(severity == 1)", ""}, RequiredCase{"severity + 1 == 2 && power", "#7 == true"},
        RequiredCase{"has(tps) && tps == '1'", "#4 == \"1\""},
        RequiredCase{"power ? severity == 1 : severity == 2", ""}, RequiredCase{"[1].exists(x, severity == x)", ""}));

TEST(Comparisons, AreFoundWhereverTheyStand) {
  const auto program =
      compile("!(category == 'a') || areas.exists(a, severity in [1, 2])", testing::report_environment());
  ASSERT_TRUE(program);
  EXPECT_EQ(show(program->comparisons()), "#1 == \"a\"; #0 in 1 2");
  EXPECT_EQ(program->comparisons()[0].range, (SourceRange{2, 17}));
  EXPECT_EQ(program->comparisons()[0].constant_ranges, (std::vector<SourceRange>{{14, 17}}));
  EXPECT_EQ(program->comparisons()[1].constant_ranges, (std::vector<SourceRange>{{51, 52}, {54, 55}}));
}

TEST(Slots, AreListedOnce) {
  const auto program =
      compile("has(report.tps) && severity > 1 && report.severity < 5 && credible", testing::report_environment());
  ASSERT_TRUE(program);
  std::vector<std::uint32_t> slots;
  for (const SlotId slot : program->slots()) {
    slots.push_back(slot.value);
  }
  EXPECT_EQ(slots, (std::vector<std::uint32_t>{testing::severity, testing::source, testing::content, testing::tps}));
}

TEST(Conjuncts, CanBeEvaluatedAlone) {
  const std::string_view text = "severity > 3 && (power || credible) && credible && tps == '1'";
  const auto program = compile(text, testing::report_environment());
  ASSERT_TRUE(program);
  Scratch scratch;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < program->conjuncts().size(); ++i) {
    const Conjunct& conjunct = program->conjuncts()[i];
    const auto use = text.substr(conjunct.use.begin, conjunct.use.end - conjunct.use.begin);
    const auto result = program->evaluate_conjunct(i, testing::report_values(), scratch);
    lines.push_back(fmt::format("{}|{}|{}", use, conjunct.macro, testing::show(result)));
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"severity > 3||false", "power || credible||true", "credible|credible|true",
                                             "credible|credible|true", "tps == '1'||error missing_field"}));
  EXPECT_EQ(testing::show(program->evaluate(testing::report_values(), scratch)), "false");
}

}  // namespace
}  // namespace kentongan::cel
