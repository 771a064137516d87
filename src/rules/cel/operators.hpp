// SPDX-License-Identifier: Apache-2.0
// What + - * / % and the unary operators do to values.
#pragma once

#include "rules/cel/arena.hpp"
#include "rules/cel/ast.hpp"
#include "rules/cel/budget.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// Operands are no errors; the outcome may be one. Strings, bytes and lists are made in the
// arena and charged to the budget.
[[nodiscard]] Value arithmetic(Operator operation, const Value& left, const Value& right, Arena& arena, Budget& budget);

[[nodiscard]] Value negate(const Value& operand);

// == != < <= > >=
[[nodiscard]] Value compare_with(Operator operation, const Value& left, const Value& right, Budget& budget);

// left in right
[[nodiscard]] Value membership(const Value& left, const Value& right, Budget& budget);

}  // namespace kentongan::cel
