// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "testing.hpp"

namespace kentongan::cel {
namespace {

std::string judge(std::string_view text) {
  const auto program = compile(text, testing::report_environment());
  return program ? program->result_type().text()
                 : fmt::format("{}", fmt::join(testing::error_lines(program.error()), "; "));
}

struct CheckerCase {
  std::string_view text;
  std::string_view verdict;  // the type, or the errors
};

class CheckerTest : public ::testing::TestWithParam<CheckerCase> {};

TEST_P(CheckerTest, Judges) { EXPECT_EQ(judge(GetParam().text), GetParam().verdict); }

INSTANTIATE_TEST_SUITE_P(
    Types, CheckerTest,
    ::testing::Values(CheckerCase{"report.severity + 1", "int"}, CheckerCase{"severity * 2", "int"},
                      CheckerCase{"4.0 * double(severity)", "double"}, CheckerCase{"category + 'x'", "string"},
                      CheckerCase{"severity >= 2.5", "bool"}, CheckerCase{"area", "string"},
                      CheckerCase{"area.risk", "double"}, CheckerCase{"pressure", "list(string)"},
                      CheckerCase{"credible", "bool"}, CheckerCase{"areas.map(a, a.size())", "list(int)"},
                      CheckerCase{"{'a': 1}.a", "int"}, CheckerCase{"[1, 'a']", "list(dyn)"},
                      CheckerCase{"any.x.y", "dyn"}, CheckerCase{"any + 1", "int"},
                      CheckerCase{"now - duration('1h')", "timestamp"}, CheckerCase{"now - now", "duration"},
                      CheckerCase{"optional.of(1)", "optional_type(int)"},
                      CheckerCase{"optional.of(1).orValue(2)", "int"}, CheckerCase{"{'a': 1}.?a", "optional_type(int)"},
                      CheckerCase{"areas[0]", "string"}, CheckerCase{"math.greatest(1, 2)", "int"},
                      CheckerCase{"math.greatest([1, 2.0])", "dyn"}, CheckerCase{"type(1) == int", "bool"},
                      CheckerCase{"areas.transformMap(i, a, a)", "map(int, string)"},
                      CheckerCase{"has(report.tps)", "bool"}, CheckerCase{"has(tps)", "bool"},
                      CheckerCase{"has(location)", "bool"}, CheckerCase{"has(report)", "bool"},
                      CheckerCase{"power ? 1 : 2", "int"}, CheckerCase{"dyn(1) + 'a'", "string"}));

INSTANTIATE_TEST_SUITE_P(Names, CheckerTest,
                         ::testing::Values(CheckerCase{"report.severty > 1", "1:8 unknown_field severty"},
                                           CheckerCase{"severty > 1", "1:1 unknown_name severty"},
                                           CheckerCase{"report.reporter.reff == ''", "1:17 unknown_field reff"},
                                           CheckerCase{"area.rsik > 1.0", "1:6 unknown_field rsik"},
                                           CheckerCase{"has(report.tsp)", "1:12 unknown_field tsp"},
                                           CheckerCase{"has(tsp)", "1:5 unknown_name tsp"},
                                           CheckerCase{"report == 1", "1:1 object_as_value report"},
                                           CheckerCase{"report.reporter == 'a'", "1:1 object_as_value reporter"},
                                           CheckerCase{"severity.x", "1:10 operand_type"},
                                           CheckerCase{"siz(areas)", "1:1 unknown_function siz"},
                                           CheckerCase{"areas.siz()", "1:7 unknown_function siz"},
                                           CheckerCase{"math.gretest(1, 2)", "1:6 unknown_function gretest"},
                                           CheckerCase{"areas.all(x, y)", "1:14 unknown_name y"},
                                           CheckerCase{"severty > 1 && report.contnt < 2 && foo()",
                                                       "1:1 unknown_name severty; 1:23 unknown_field contnt; "
                                                       "1:37 unknown_function foo"}));

INSTANTIATE_TEST_SUITE_P(
    Operands, CheckerTest,
    ::testing::Values(
        CheckerCase{"category && true", "1:1 operand_type"}, CheckerCase{"true || severity", "1:9 operand_type"},
        CheckerCase{"!severity", "1:2 operand_type"}, CheckerCase{"-category", "1:2 operand_type"},
        CheckerCase{"1 + 1u", "1:1 operand_type"}, CheckerCase{"true && 1 + 'a' == 2", "1:9 operand_type"},
        CheckerCase{"severity == 'a'", "1:1 operand_type"},
        CheckerCase{"true && (severity < category)", "1:10 operand_type"},
        CheckerCase{"severity in ['a']", "1:1 operand_type"}, CheckerCase{"severity in 5", "1:13 operand_type"},
        CheckerCase{"1.5 % 2.0", "1:1 operand_type"}, CheckerCase{"severity ? 1 : 2", "1:1 operand_type"},
        CheckerCase{"true ? 1 : 'a'", "1:12 operand_type"}, CheckerCase{"areas['x']", "1:7 operand_type"},
        CheckerCase{"severity[0]", "1:1 operand_type"}, CheckerCase{"severity.all(x, true)", "1:1 operand_type"},
        CheckerCase{"areas.all(x, x)", "1:14 operand_type"}, CheckerCase{"areas.map(x, x + 1)", "1:14 operand_type"},
        CheckerCase{"tps == null", "1:1 operand_type"}, CheckerCase{"{1.5: 1}", "1:2 invalid_key"},
        CheckerCase{"{1: 1, 1u: 2}", "1:8 duplicate_key"}, CheckerCase{"[?1]", "1:3 operand_type"}));

INSTANTIATE_TEST_SUITE_P(Calls, CheckerTest,
                         ::testing::Values(CheckerCase{"category.startsWith(1)", "1:21 argument_type startsWith"},
                                           CheckerCase{"severity.startsWith('a')", "1:1 argument_type startsWith"},
                                           CheckerCase{"category.startsWith()", "1:10 argument_count startsWith"},
                                           CheckerCase{"startsWith(category, 'a')", "1:1 argument_count startsWith"},
                                           CheckerCase{"size(1)", "1:6 argument_type size"},
                                           CheckerCase{"math.abs('a')", "1:10 argument_type math.abs"},
                                           CheckerCase{"duration('1 hour')", "1:10 invalid_literal"},
                                           CheckerCase{"timestamp('2024-13-01T00:00:00Z')", "1:11 invalid_literal"},
                                           CheckerCase{"category.matches('a(b')", "1:18 invalid_literal"}));

TEST(CheckerHints, NameAllThatCouldStandThere) {
  const auto program = compile("report.reporter.rol == ''", testing::report_environment());
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().front().candidates, (std::vector<std::string>{"ref", "role"}));
  EXPECT_EQ(program.error().front().offender, "rol");
  EXPECT_EQ(program.error().front().range, (SourceRange{16, 19}));
  const auto call = compile("category.startsWith(1)", testing::report_environment());
  EXPECT_EQ(call.error().front().expected.en, "string");
  EXPECT_EQ(call.error().front().found, "int");
  EXPECT_EQ(call.error().front().message.en, "`startsWith` expects string here, not int");
}

TEST(CheckerErrors, AreReportedUpToAHundred) {
  std::string text = "[unknown0";
  for (int i = 1; i < 200; ++i) {
    text += fmt::format(", unknown{}", i);
  }
  const auto program = compile(text + "]", testing::report_environment());
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().size(), 100U);
}

TEST(CheckerResult, MustBeOfAWantedType) {
  const Environment environment = testing::report_environment();
  const CompileOptions boolean{{TypeKind::boolean}};
  EXPECT_TRUE(compile("severity > 1", environment, boolean));
  EXPECT_TRUE(compile("any", environment, boolean));
  const auto program = compile("  severity + 1", environment, boolean);
  ASSERT_FALSE(program);
  EXPECT_EQ(testing::error_lines(program.error()), std::vector<std::string>{"1:3 result_type"});
}

TEST(CheckerPositions, CountLinesAndCodePoints) {
  const auto program = compile("category == '\xE2\x9C\x93' &&\n  '\xC3\xBF' == catgory", testing::report_environment());
  ASSERT_FALSE(program);
  const Position& position = program.error().front().position;
  EXPECT_EQ(position.line, 2U);
  EXPECT_EQ(position.column, 10U);
  EXPECT_EQ(position.offset, 28U);
  EXPECT_EQ(position.byte_offset, 31U);
}

TEST(HostMacros, KeepTheirOwnPositionsAndNames) {
  Environment environment = testing::report_environment();
  ASSERT_TRUE(environment.define_macro("bad", "severity > 1 && contnt < 2"));
  const auto program = compile("severty > 1 && bad && bad", environment);
  ASSERT_FALSE(program);
  EXPECT_EQ(testing::error_lines(program.error()),
            (std::vector<std::string>{"1:1 unknown_name severty", "bad 1:17 unknown_name contnt"}));
  const auto broken = environment.define_macro("broken", "1 +");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::syntax);
}

TEST(HostMacros, DoNotLeadToThemselves) {
  Environment environment = testing::report_environment();
  ASSERT_TRUE(environment.define_macro("one", "two || power"));
  ASSERT_TRUE(environment.define_macro("two", "one && power"));
  const auto program = compile("one", environment);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().front().kind, ErrorKind::recursive_macro);
}

TEST(HostMacros, CannotExplode) {
  Environment environment = testing::report_environment();
  ASSERT_TRUE(environment.define_macro("m0", "power && power"));
  for (int i = 1; i < 20; ++i) {
    const std::string below = fmt::format("m{}", i - 1);
    ASSERT_TRUE(environment.define_macro(fmt::format("m{}", i), fmt::format("{0} && {0} && {0} && {0}", below)));
  }
  const auto program = compile("m19", environment);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().front().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kentongan::cel
