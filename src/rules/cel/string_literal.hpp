// SPDX-License-Identifier: Apache-2.0
// String and bytes literals: quotes, prefixes, escapes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "rules/cel/compile_error.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

struct StringLiteral {
  std::string content;  // decoded
  bool is_bytes = false;
  std::size_t length = 0;  // in the text, prefix and quotes included
};

struct StringLiteralError {
  ErrorKind kind = ErrorKind::invalid_literal;
  std::size_t begin = 0;  // bytes from where the literal begins
  std::size_t end = 0;
  said::Text message;
};

[[nodiscard]] bool starts_string_literal(std::string_view text);

// Of a text for which starts_string_literal holds.
[[nodiscard]] tl::expected<StringLiteral, StringLiteralError> read_string_literal(std::string_view text);

}  // namespace kentongan::cel
