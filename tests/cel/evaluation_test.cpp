// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "testing.hpp"

namespace kentongan::cel {
namespace {

struct EvaluationCase {
  std::string_view text;
  std::string_view value;
};

class EvaluationTest : public ::testing::TestWithParam<EvaluationCase> {};

TEST_P(EvaluationTest, Gives) {
  EXPECT_EQ(testing::evaluate(GetParam().text, testing::report_environment(), testing::report_values()),
            GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Rules, EvaluationTest,
                         ::testing::Values(EvaluationCase{"report.severity >= 2 && credible", "true"},
                                           EvaluationCase{"4.0 * double(report.severity)", "12.0"},
                                           EvaluationCase{"report.category in pressure", "true"},
                                           EvaluationCase{"category == 'hate_speech' || area.risk > 10.0", "true"},
                                           EvaluationCase{"severity >= 2.5 && severity < 3u + 1u", "true"},
                                           EvaluationCase{"'35.73.02.1004' in areas", "true"},
                                           EvaluationCase{"areas.exists(a, a.startsWith('35.73'))", "true"},
                                           EvaluationCase{"now.getHours('Asia/Jakarta') == 8", "true"},
                                           EvaluationCase{"now - duration('1h') < now", "true"},
                                           EvaluationCase{"area + '/' + reporter.ref", "\"35.73.02.1004/a1\""},
                                           EvaluationCase{"string(severity) + 'x'", "\"3x\""},
                                           EvaluationCase{"severity > 2 ? 'high' : 'low'", "\"high\""}));

INSTANTIATE_TEST_SUITE_P(Presence, EvaluationTest,
                         ::testing::Values(EvaluationCase{"has(report.tps)", "false"},
                                           EvaluationCase{"has(report.severity)", "true"},
                                           EvaluationCase{"has(tps) || has(category)", "true"},
                                           EvaluationCase{"has(report.reporter)", "true"},
                                           EvaluationCase{"has(location)", "false"},
                                           EvaluationCase{"has(report.location) && location.lat > 0.0", "false"},
                                           EvaluationCase{"report.tps", "error missing_field"},
                                           EvaluationCase{"report.tps == '012'", "error missing_field"},
                                           EvaluationCase{"tps in ['012']", "error missing_field"}));

// The missing tps is an error on either side.
INSTANTIATE_TEST_SUITE_P(
    Absorption, EvaluationTest,
    ::testing::Values(EvaluationCase{"tps == '1' || true", "true"}, EvaluationCase{"true || tps == '1'", "true"},
                      EvaluationCase{"tps == '1' && false", "false"}, EvaluationCase{"false && tps == '1'", "false"},
                      EvaluationCase{"tps == '1' && true", "error missing_field"},
                      EvaluationCase{"true && tps == '1'", "error missing_field"},
                      EvaluationCase{"tps == '1' || false", "error missing_field"},
                      EvaluationCase{"false || tps == '1'", "error missing_field"},
                      EvaluationCase{"tps == '1' || power || true || 1 / 0 == 1", "true"},
                      EvaluationCase{"1 / 0 == 1 && power && tps == ''", "error division_by_zero"},
                      EvaluationCase{"any && false", "false"}, EvaluationCase{"dyn(1) && true", "error not_boolean"},
                      EvaluationCase{"dyn(1) || true", "true"}, EvaluationCase{"!(tps == '1') || true", "true"},
                      EvaluationCase{"(power ? 1 : 2) == 1 || true", "true"},
                      EvaluationCase{"[1, 2].exists(x, x / 0 == 1 || x == 2)", "true"},
                      EvaluationCase{"[1, 0].exists(x, 1 / x == 1)", "true"},
                      EvaluationCase{"[0, 2].all(x, 1 / x == 1)", "false"},
                      EvaluationCase{"[0, 1].all(x, 1 / x == 1)", "error division_by_zero"}));

INSTANTIATE_TEST_SUITE_P(
    Macros, EvaluationTest,
    ::testing::Values(EvaluationCase{"[1, 2, 3].map(x, x * x)", "[1, 4, 9]"},
                      EvaluationCase{"[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]"},
                      EvaluationCase{"{'b': 1, 'a': 2}.map(k, k)", "[\"b\", \"a\"]"},
                      EvaluationCase{"[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]"},
                      EvaluationCase{"[[1], [2, 3]].map(l, l.size())", "[1, 2]"},
                      EvaluationCase{"[5, 6].transformMap(i, v, v + i)", "{0: 5, 1: 7}"},
                      EvaluationCase{"['a', 'b'].transformMapEntry(i, v, {v: i})", "{\"a\": 0, \"b\": 1}"},
                      EvaluationCase{"['a', 'a'].transformMapEntry(i, v, {v: i})", "error duplicate_key"},
                      EvaluationCase{"cel.bind(x, 2, x * x)", "4"}, EvaluationCase{"cel.bind(x, 1 / 0, true)", "true"},
                      EvaluationCase{"cel.bind(x, 1 / 0, x == 1 || true)", "true"},
                      EvaluationCase{"[1].exists(severity, severity == 1)", "true"},
                      EvaluationCase{"[1].all(severity, .severity == 3)", "true"},
                      EvaluationCase{"['Z'].all(source, credible)", "true"},
                      EvaluationCase{"optional.of(2).optMap(x, x + 1)", "optional.of(3)"},
                      EvaluationCase{"optional.none().optMap(x, 1 / 0)", "optional.none()"},
                      EvaluationCase{"optional.of(1).orValue(1 / 0)", "1"},
                      EvaluationCase{"optional.none().orValue(1 / 0)", "error division_by_zero"}));

INSTANTIATE_TEST_SUITE_P(
    Functions, EvaluationTest,
    ::testing::Values(
        EvaluationCase{"'%s is %d, %.2f'.format(['a', 1, 2.0])", "\"a is 1, 2.00\""},
        EvaluationCase{"''.split('')", "[]"}, EvaluationCase{"'abc'.split('')", "[\"a\", \"b\", \"c\"]"},
        EvaluationCase{"'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]"},
        EvaluationCase{"'ab'.replace('', '-')", "\"-a-b-\""}, EvaluationCase{"math.greatest(1, 2.5, 2u)", "2.5"},
        EvaluationCase{"math.least([])", "error invalid_argument"}, EvaluationCase{"math.sqrt(9)", "3.0"},
        EvaluationCase{"string(1000000.0)", "\"1000000\""}, EvaluationCase{"string(duration('-1500ms'))", "\"-1.5s\""},
        EvaluationCase{"duration('1h30m15.5s')", "duration(\"5415.5s\")"},
        EvaluationCase{"timestamp('2024-11-10T08:00:00.25+07:00')", "timestamp(\"2024-11-10T01:00:00.250Z\")"},
        EvaluationCase{"now.getHours('Mars/North')", "error invalid_argument"},
        EvaluationCase{"int('x')", "error conversion"}, EvaluationCase{"any.matches('a')", "error missing_field"},
        EvaluationCase{"'a'.matches(string('(' + category))", "error invalid_argument"}));

TEST(EvaluationErrors, NameThePartThatFailed) {
  const auto program = compile("severity > 1 &&  tps == '012'", testing::report_environment());
  ASSERT_TRUE(program);
  Scratch scratch;
  const auto result = program->evaluate(testing::report_values(), scratch);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().range, (SourceRange{17, 29}));
  EXPECT_EQ(result.error().detail, "tps");
  EXPECT_EQ(result.error().message().en, "no such field or key: tps");
}

TEST(EvaluationErrors, NameTheMacro) {
  Environment environment = testing::report_environment();
  ASSERT_TRUE(environment.define_macro("at_tps", "tps != ''"));
  const auto program = compile("severity > 1 && at_tps", environment);
  Scratch scratch;
  const auto result = program->evaluate(testing::report_values(), scratch);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().macro, "at_tps");
  EXPECT_EQ(result.error().range, (SourceRange{0, 9}));
}

TEST(HostFunctions, GetArgumentsOfTheirTypesOnly) {
  Environment environment = testing::report_environment();
  environment.add_function("twice", {CallStyle::global, {TypeKind::integer}, TypeKind::integer},
                           [](CallContext& context) { return Value::integer(context.argument(0).as_integer() * 2); });
  environment.add_function("twice", {CallStyle::global, {TypeKind::string}, TypeKind::string},
                           [](CallContext& context) {
                             const std::string text(context.argument(0).as_text());
                             return context.make_string(text + text);
                           });
  environment.add_function("risk_of", {CallStyle::global, {}, TypeKind::real},
                           [](CallContext& context) { return context.activation.load({testing::area_risk}); });
  const testing::Slots values = testing::report_values();
  EXPECT_EQ(testing::evaluate("twice(severity) + 1", environment, values), "7");
  EXPECT_EQ(testing::evaluate("twice('ab')", environment, values), "\"abab\"");
  EXPECT_EQ(testing::evaluate("twice(dyn(1))", environment, values), "2");
  EXPECT_EQ(testing::evaluate("twice(dyn(1.5))", environment, values), "error no_such_overload");
  EXPECT_EQ(testing::evaluate("twice(1.5)", environment, values), "does not compile: 1:7 argument_type twice");
  EXPECT_EQ(testing::evaluate("risk_of() > 12.0", environment, values), "true");
}

TEST(DynamicEnvironments, FailAtRunTime) {
  Environment environment;
  environment.set_dynamic(true);
  environment.declare("a.b", TypeKind::dyn, {0});
  const testing::Slots values;
  EXPECT_EQ(testing::evaluate("x", environment, values), "error unknown_name");
  EXPECT_EQ(testing::evaluate("f(1)", environment, values), "error unknown_function");
  EXPECT_EQ(testing::evaluate("f(1) || true", environment, values), "true");
  EXPECT_EQ(testing::evaluate("1 + 'a'", environment, values), "error no_such_overload");
  EXPECT_EQ(testing::evaluate("'a'.startsWith(1)", environment, values), "error no_such_overload");
  EXPECT_EQ(testing::evaluate("a.b.c", environment, values), "error missing_field");
  EXPECT_EQ(testing::evaluate("has(a.x)", environment, values), "error unknown_name");
  EXPECT_EQ(testing::evaluate("has(x)", environment, values), "error unknown_name");
  EXPECT_EQ(testing::evaluate("[1].all(x, has(x)) || has(a.b)", environment, values), "error unknown_name");
  EXPECT_EQ(testing::evaluate("a", environment, values), "error unknown_name");
}

TEST(Programs, OutliveTheirEnvironmentAndText) {
  std::optional<Program> program;
  {
    const std::string text = "category in pressure && category != 'x' && credible";
    program = *compile(text, testing::report_environment());
  }
  Scratch scratch;
  EXPECT_EQ(testing::show(program->evaluate(testing::report_values(), scratch)), "true");
  EXPECT_EQ(program->text(), "category in pressure && category != 'x' && credible");
}

}  // namespace
}  // namespace kentongan::cel
