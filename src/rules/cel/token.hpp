// SPDX-License-Identifier: Apache-2.0
// The words of an expression.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/cel/source.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

enum class TokenKind : std::uint8_t {
  end,
  identifier,
  quoted_identifier,  // `content-type`, after a dot only
  reserved,           // a word CEL keeps for itself: allowed after a dot
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  true_word,
  false_word,
  null_word,
  in_word,
  question,
  colon,
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  plus,
  minus,
  star,
  slash,
  percent,
  exclamation,
  dot,
  comma,
  left_parenthesis,
  right_parenthesis,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
};

struct Token {
  TokenKind kind = TokenKind::end;
  SourceRange range;
  // Names without quotes; strings and bytes decoded; numbers as written, without the u.
  std::string text;
};

// For messages: "`&&`", "a name", "the end".
[[nodiscard]] said::TextView describe(TokenKind kind);

}  // namespace kentongan::cel
