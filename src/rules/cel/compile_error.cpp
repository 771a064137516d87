// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/compile_error.hpp"

namespace kentongan::cel {

std::string_view name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::syntax:
      return "syntax";
    case ErrorKind::invalid_literal:
      return "invalid_literal";
    case ErrorKind::unterminated:
      return "unterminated";
    case ErrorKind::reserved_word:
      return "reserved_word";
    case ErrorKind::too_large:
      return "too_large";
    case ErrorKind::too_deep:
      return "too_deep";
    case ErrorKind::invalid_macro:
      return "invalid_macro";
    case ErrorKind::unknown_name:
      return "unknown_name";
    case ErrorKind::unknown_field:
      return "unknown_field";
    case ErrorKind::unknown_function:
      return "unknown_function";
    case ErrorKind::argument_count:
      return "argument_count";
    case ErrorKind::argument_type:
      return "argument_type";
    case ErrorKind::operand_type:
      return "operand_type";
    case ErrorKind::object_as_value:
      return "object_as_value";
    case ErrorKind::invalid_key:
      return "invalid_key";
    case ErrorKind::duplicate_key:
      return "duplicate_key";
    case ErrorKind::result_type:
      return "result_type";
    case ErrorKind::recursive_macro:
      return "recursive_macro";
  }
  return "";
}

}  // namespace kentongan::cel
