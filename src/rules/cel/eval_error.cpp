// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/eval_error.hpp"

#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

struct Wording {
  std::string_view name;
  said::TextView sentence;
};

Wording wording(EvalErrorKind kind) {
  switch (kind) {
    case EvalErrorKind::missing_field:
      return {"missing_field", "no such field or key"};
    case EvalErrorKind::unknown_name:
      return {"unknown_name", "unknown name"};
    case EvalErrorKind::unknown_function:
      return {"unknown_function", "unknown function"};
    case EvalErrorKind::no_such_overload:
      return {"no_such_overload", "not defined for values of these types"};
    case EvalErrorKind::not_boolean:
      return {"not_boolean", "a bool is needed here"};
    case EvalErrorKind::division_by_zero:
      return {"division_by_zero", "division by zero"};
    case EvalErrorKind::overflow:
      return {"overflow", "the result is out of range"};
    case EvalErrorKind::index_out_of_range:
      return {"index_out_of_range", "index out of range"};
    case EvalErrorKind::invalid_key:
      return {"invalid_key", "a map key must be an int, uint, bool or string"};
    case EvalErrorKind::duplicate_key:
      return {"duplicate_key", "the same key twice"};
    case EvalErrorKind::invalid_argument:
      return {"invalid_argument", "invalid argument"};
    case EvalErrorKind::conversion:
      return {"conversion", "cannot be converted"};
    case EvalErrorKind::empty_optional:
      return {"empty_optional", "the optional has no value"};
    case EvalErrorKind::step_limit:
      return {"step_limit", "the evaluation takes too many steps"};
    case EvalErrorKind::memory_limit:
      return {"memory_limit", "the evaluation takes too much memory"};
    case EvalErrorKind::host:
      return {"host", "the function failed"};
  }
  return {};
}

}  // namespace

std::string_view name(EvalErrorKind kind) { return wording(kind).name; }

said::Text EvalError::message() const {
  const said::TextView sentence = wording(kind).sentence;
  return detail.empty() ? said::Text(sentence) : said::say("{}: {}", sentence, said::looked_up(detail));
}

}  // namespace kentongan::cel
