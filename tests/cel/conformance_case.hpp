// SPDX-License-Identifier: Apache-2.0
// One case of a conformance file.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/cel/arena.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel::conformance {

struct Case {
  std::string id;
  std::string expression;
  std::vector<std::pair<std::string, Value>> bindings;
  bool expects_error = false;
  Value expected;
  Arena arena;  // of the values
};

// False when the line is not such a case.
[[nodiscard]] bool read(std::string_view line, Case& test);

// Equal and of the same type throughout; NaN is identical with NaN, 0.0 not with -0.0.
[[nodiscard]] bool identical(const Value& left, const Value& right);

}  // namespace kentongan::cel::conformance
