// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/parser.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace kentongan::cel {
namespace {

std::string tree(std::string_view text, const ExpressionLimits& limits = {}) {
  const auto ast = parse(text, limits);
  if (ast) {
    return print(*ast, ast->root);
  }
  const Error& error = ast.error();
  return fmt::format("{}:{} {}", error.position.line, error.position.column, name(error.kind));
}

struct ParserCase {
  std::string_view text;
  std::string_view tree;
};

class ParserTest : public ::testing::TestWithParam<ParserCase> {};

TEST_P(ParserTest, BuildsTree) { EXPECT_EQ(tree(GetParam().text), GetParam().tree); }

INSTANTIATE_TEST_SUITE_P(
    Operators, ParserTest,
    ::testing::Values(ParserCase{"1 + 2 * 3", "(+ 1 (* 2 3))"}, ParserCase{"(1 + 2) * 3", "(* (+ 1 2) 3)"},
                      ParserCase{"1 - 2 - 3", "(- (- 1 2) 3)"}, ParserCase{"a < b == c in d", "(in (== (< a b) c) d)"},
                      ParserCase{"a && b && c || d", "(|| (&& a b c) d)"}, ParserCase{"a || b && c", "(|| a (&& b c))"},
                      ParserCase{"(a && b) && c", "(&& (&& a b) c)"},
                      ParserCase{"a ? b : c ? d : e", "(? a b (? c d e))"},
                      ParserCase{"a || b ? c : d", "(? (|| a b) c d)"}, ParserCase{"!!a", "(! (! a))"},
                      ParserCase{"!a.b", "(! (. a b))"}, ParserCase{"-a * b", "(* (- a) b)"}));

INSTANTIATE_TEST_SUITE_P(Literals, ParserTest,
                         ::testing::Values(ParserCase{"-5", "-5"}, ParserCase{"--5", "(- -5)"},
                                           ParserCase{"1 -5", "(- 1 5)"}, ParserCase{"0x10u", "16u"},
                                           ParserCase{"-9223372036854775808", "-9223372036854775808"},
                                           ParserCase{"1e2", "100.0"}, ParserCase{"'a\"b'", R"("a\"b")"},
                                           ParserCase{"b'\\x00a'", R"(b"\x00a")"},
                                           ParserCase{"[1, true, null,]", "[1 true null]"},
                                           ParserCase{"{'a': 1, ?'b': c}", R"({"a": 1 ?"b": c})"},
                                           ParserCase{"[?a, b]", "[?a b]"}, ParserCase{"{}", "{}"}));

INSTANTIATE_TEST_SUITE_P(Members, ParserTest,
                         ::testing::Values(ParserCase{"a.b.c", "(. (. a b) c)"}, ParserCase{".a.b", "(. .a b)"},
                                           ParserCase{"a.if", "(. a if)"}, ParserCase{"a.`b-c`", "(. a b-c)"},
                                           ParserCase{"a[1].b", "(. ([] a 1) b)"},
                                           ParserCase{"a.?b[?0]", "([?] (.? a b) 0)"}, ParserCase{"f()", "(f)"},
                                           ParserCase{"a.f(1, 2)", "(a.f 1 2)"},
                                           ParserCase{"math.abs(-1)", "(math.abs -1)"}));

INSTANTIATE_TEST_SUITE_P(
    Macros, ParserTest,
    ::testing::Values(ParserCase{"has(a.b)", "(has a.b)"}, ParserCase{"has(a.?b.c)", "(has (.? a b).c)"},
                      ParserCase{"has(a)", "(has a)"}, ParserCase{"l.all(x, x > 0)", "(all x l (> x 0))"},
                      ParserCase{"l.exists(i, x, p)", "(exists i,x l p)"},
                      ParserCase{"l.exists_one(x, p)", "(exists_one x l p)"},
                      ParserCase{"l.existsOne(i, x, p)", "(exists_one i,x l p)"},
                      ParserCase{"l.map(x, x * 2)", "(map x l (* x 2))"}, ParserCase{"l.map(x, p, t)", "(map x l p t)"},
                      ParserCase{"l.filter(x, p)", "(filter x l p)"},
                      ParserCase{"l.transformList(i, x, t)", "(map i,x l t)"},
                      ParserCase{"l.transformMap(k, v, t)", "(transformMap k,v l t)"},
                      ParserCase{"l.transformMapEntry(k, v, p, t)", "(transformMapEntry k,v l p t)"},
                      ParserCase{"cel.bind(x, 1, x)", "(bind x 1 x)"}, ParserCase{"o.optMap(x, t)", "(optMap x o t)"},
                      ParserCase{"o.optFlatMap(x, t)", "(optFlatMap x o t)"}, ParserCase{"l.map(x)", "(l.map x)"}));

INSTANTIATE_TEST_SUITE_P(
    Errors, ParserTest,
    ::testing::Values(
        ParserCase{"", "1:1 syntax"}, ParserCase{"1 +", "1:4 syntax"}, ParserCase{"(1", "1:3 syntax"},
        ParserCase{"a b", "1:3 syntax"}, ParserCase{"a &&\n  || b", "2:3 syntax"},
        ParserCase{"'\xC3\xBF\xC3\xBF' ==", "1:8 syntax"}, ParserCase{"a and b", "1:3 syntax"},
        ParserCase{"[1, 2", "1:6 syntax"}, ParserCase{"{1 2}", "1:4 syntax"}, ParserCase{"f(1,)", "1:5 syntax"},
        ParserCase{"a.", "1:3 syntax"}, ParserCase{"a.in", "1:3 syntax"}, ParserCase{"a ? b", "1:6 syntax"},
        ParserCase{"!-a", "1:2 syntax"}, ParserCase{"for + 1", "1:1 reserved_word"},
        ParserCase{"T{a: 1}", "1:1 syntax"}, ParserCase{"1 + 9223372036854775808", "1:5 invalid_literal"},
        ParserCase{"-9223372036854775809", "1:1 invalid_literal"}, ParserCase{"1e999", "1:1 invalid_literal"},
        ParserCase{"has(1 + 2)", "1:5 invalid_macro"}, ParserCase{"l.all(1, true)", "1:7 invalid_macro"},
        ParserCase{"l.all(x.y, true)", "1:7 invalid_macro"}, ParserCase{"l.all(x, x, true)", "1:10 invalid_macro"},
        ParserCase{"cel.bind(1, 2, 3)", "1:10 invalid_macro"}, ParserCase{"\xff", "1:1 syntax"}));

TEST(ParserLimits, BoundDepthAndSize) {
  const std::string open(1000, '(');
  EXPECT_EQ(tree(open), "1:201 too_deep");
  EXPECT_EQ(tree(std::string(1000, '[')), "1:201 too_deep");
  EXPECT_EQ(tree(std::string(1000, '!') + "a"), "1:801 too_deep");
  std::string sum = "1";
  std::string conjunction = "a";
  for (int i = 0; i < 1000; ++i) {
    sum += "+1";
    conjunction += "&&a";
  }
  EXPECT_EQ(tree(sum), "1:1 too_deep");
  EXPECT_EQ(tree(conjunction).substr(0, 9), "(&& a a a");
  EXPECT_EQ(tree("[1, 2, 3, 4]", {.nodes = 3}), "1:11 too_large");
  EXPECT_EQ(tree("1 + 1", {.text_bytes = 4}), "1:1 too_large");
}

TEST(ParserRanges, HoldTheParenthesesOfTheirParts) {
  const auto ast = parse("(a + b) * c");
  ASSERT_TRUE(ast);
  const Node& product = (*ast)[ast->root];
  EXPECT_EQ(product.range, (SourceRange{0, 11}));
  EXPECT_EQ(product.name_range, (SourceRange{8, 9}));
  EXPECT_EQ(ast->child(product, 0).range, (SourceRange{1, 6}));
}

}  // namespace
}  // namespace kentongan::cel
