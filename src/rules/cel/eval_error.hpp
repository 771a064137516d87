// SPDX-License-Identifier: Apache-2.0
// Why an evaluation has no value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/cel/source.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

enum class EvalErrorKind : std::uint8_t {
  missing_field,     // a slot that is not set, or a map without that key
  unknown_name,      // only in dynamic environments; else a compile error
  unknown_function,  // likewise
  no_such_overload,  // an operator or function cannot take values of these types
  not_boolean,       // a condition or an operand of && || ! is not a bool
  division_by_zero,
  overflow,  // of int, uint, timestamp or duration
  index_out_of_range,
  invalid_key,  // of a map: not int, uint, bool or string
  duplicate_key,
  invalid_argument,  // right type, wrong value: a date that is none, a broken pattern
  conversion,        // a value has no counterpart in the other type
  empty_optional,    // value() of optional.none()
  step_limit,        // the two limits end an evaluation; && and || do not absorb them
  memory_limit,
  host,  // reported by a function of the host
};

// Stable words for logs, metrics and tests: "missing_field" and so on.
[[nodiscard]] std::string_view name(EvalErrorKind kind);

struct EvalError {
  EvalErrorKind kind = EvalErrorKind::host;
  // The part that failed: of the expression, or of the macro with this name.
  SourceRange range;
  std::string_view macro;   // empty: the expression itself
  std::string_view detail;  // a name, a function or a type; may be empty

  // One plain sentence. Views live as long as the Program and, for details made during
  // the evaluation, until the Scratch is used again.
  [[nodiscard]] said::Text message() const;
};

}  // namespace kentongan::cel
