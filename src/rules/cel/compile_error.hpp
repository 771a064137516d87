// SPDX-License-Identifier: Apache-2.0
// What is wrong with the text of an expression.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/source.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

enum class ErrorKind : std::uint8_t {
  syntax,           // not CEL: an unexpected character, word or end
  invalid_literal,  // a number, escape, date, duration or pattern that is none
  unterminated,     // a string that does not end
  reserved_word,    // used as a name
  too_large,        // the text, or the expression with its macros
  too_deep,
  invalid_macro,  // has(), all(), .. used in a way they cannot be
  unknown_name,
  unknown_field,
  unknown_function,
  argument_count,
  argument_type,
  operand_type,     // operators, conditions, indexes
  object_as_value,  // an object was named, but only its fields are values
  invalid_key,      // of a map literal: neither int, uint, bool nor string
  duplicate_key,
  result_type,      // of the whole expression, where the caller wants another
  recursive_macro,  // a macro of the host that leads to itself
};

// Stable words for codes and tests: "unknown_name" and so on.
[[nodiscard]] std::string_view name(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::syntax;
  // The smallest part at fault, and its first character, in the text of the expression
  // or of the macro with this name.
  SourceRange range;
  Position position;
  std::string macro;
  said::Text message;  // one plain sentence, without the place
  // For hints: the name that is not known and all that could stand in its place.
  std::string offender;
  std::vector<std::string> candidates;
  // For hints about types; empty where they do not apply.
  said::Text expected;
  std::string found;
};

}  // namespace kentongan::cel
