// SPDX-License-Identifier: Apache-2.0
// Which types operators take.
#pragma once

#include <optional>

#include "rules/cel/ast.hpp"
#include "rules/cel/type.hpp"

namespace kentongan::cel {

// The type of + - * / % over operands of these types; nothing where it is not defined.
// Open types fit everywhere.
[[nodiscard]] std::optional<Type> arithmetic_type(Operator operation, const Type& left, const Type& right);

// Can values of these types ever be equal?
[[nodiscard]] bool can_be_equal(const Type& left, const Type& right);

// Do < <= > >= take them?
[[nodiscard]] bool can_be_ordered(const Type& left, const Type& right);

}  // namespace kentongan::cel
