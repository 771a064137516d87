// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/lexer.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace kentongan::cel {
namespace {

std::string dump(std::string_view text) {
  const auto tokens = tokenize(text);
  if (!tokens) {
    return fmt::format("{} at {}-{}", name(tokens.error().kind), tokens.error().range.begin, tokens.error().range.end);
  }
  std::string line;
  for (const Token& token : *tokens) {
    if (token.kind != TokenKind::end) {
      line += fmt::format("{}[{}]", line.empty() ? "" : " ",
                          token.text.empty() ? text.substr(token.range.begin, token.range.end - token.range.begin)
                                             : std::string_view(token.text));
    }
  }
  return line;
}

struct LexerCase {
  std::string_view text;
  std::string_view tokens;
};

class LexerTest : public ::testing::TestWithParam<LexerCase> {};

TEST_P(LexerTest, SplitsText) { EXPECT_EQ(dump(GetParam().text), GetParam().tokens); }

INSTANTIATE_TEST_SUITE_P(Words, LexerTest,
                         ::testing::Values(LexerCase{"a._b1", "[a] [.] [_b1]"},
                                           LexerCase{"a.`x-y/z`", "[a] [.] [x-y/z]"},
                                           LexerCase{"a // to the end\n+b", "[a] [+] [b]"},
                                           LexerCase{"a&&b||!c", "[a] [&&] [b] [||] [!] [c]"},
                                           LexerCase{"a<=b>=c==d!=e", "[a] [<=] [b] [>=] [c] [==] [d] [!=] [e]"},
                                           LexerCase{" \t\r\n", ""}));

INSTANTIATE_TEST_SUITE_P(Numbers, LexerTest,
                         ::testing::Values(LexerCase{"1 2u 0x1F 0xAu", "[1] [2] [0x1F] [0xA]"},
                                           LexerCase{"1.5 .5 1e3 1.e", "[1.5] [.5] [1e3] [1] [.] [e]"},
                                           LexerCase{"1.5e-3 2E+1", "[1.5e-3] [2E+1]"},
                                           LexerCase{"42.size", "[42] [.] [size]"},
                                           LexerCase{"1abc", "invalid_literal at 0-2"},
                                           LexerCase{"0x", "invalid_literal at 0-2"},
                                           LexerCase{"1.5u", "invalid_literal at 0-4"}));

INSTANTIATE_TEST_SUITE_P(Strings, LexerTest,
                         ::testing::Values(LexerCase{R"('a' "b")", "[a] [b]"},
                                           LexerCase{R"('''it's''' """say "x" """)", "[it's] [say \"x\" ]"},
                                           LexerCase{R"('\x41\u0042\103\U00000044')", "[ABCD]"},
                                           LexerCase{R"(r'\d+' rb"\x" bR'\n')", R"([\d+] [\x] [\n])"},
                                           LexerCase{R"(b'\xff' == 'a')", "[\xff] [==] [a]"},
                                           LexerCase{"'''a\nb'''", "[a\nb]"}));

INSTANTIATE_TEST_SUITE_P(
    StringErrors, LexerTest,
    ::testing::Values(
        LexerCase{"'abc", "unterminated at 0-4"}, LexerCase{"'a\nb'", "unterminated at 0-2"},
        LexerCase{"'''abc'", "unterminated at 0-7"}, LexerCase{"'ab\\", "unterminated at 0-4"},
        LexerCase{R"('ab\q')", "invalid_literal at 3-5"}, LexerCase{R"('ab\x4')", "invalid_literal at 3-5"},
        LexerCase{R"('\ud800')", "invalid_literal at 1-7"}, LexerCase{R"('\U00110000')", "invalid_literal at 1-11"},
        LexerCase{R"('\400')", "invalid_literal at 1-3"}, LexerCase{R"(b'\u0041')", "invalid_literal at 2-4"},
        LexerCase{"a.`x", "unterminated at 2-4"}, LexerCase{"a.`x+y`", "syntax at 2-7"}));

INSTANTIATE_TEST_SUITE_P(Signs, LexerTest,
                         ::testing::Values(LexerCase{"a = b", "syntax at 2-3"}, LexerCase{"a & b", "syntax at 2-3"},
                                           LexerCase{"a | b", "syntax at 2-3"}, LexerCase{"a # b", "syntax at 2-3"}));

TEST(LexerMessages, SayWhatToWrite) {
  EXPECT_EQ(tokenize("a = b").error().message.en, "a single `=` has no meaning; compare with `==`");
  EXPECT_EQ(tokenize("a & b").error().message.en, "write `&&` for and");
}

}  // namespace
}  // namespace kentongan::cel
