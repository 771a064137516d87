// SPDX-License-Identifier: Apache-2.0
// The steps of comprehensions.
#pragma once

#include "rules/cel/ast.hpp"
#include "rules/cel/workspace.hpp"

namespace kentongan::cel {

enum class LoopStep : std::uint8_t { go_on, next_element, leave };

// Sets a loop up over a list or map; false for other values.
[[nodiscard]] bool begin_loop(LoopState& loop, const Value& range, bool two_variables);

// Puts the next element into one or two locals; false at the end.
[[nodiscard]] bool next_element(LoopState& loop, Value* locals);

// What the value of the predicate means.
[[nodiscard]] LoopStep test_element(LoopState& loop, Comprehension kind, const Value& verdict);

// Keeps the value of the transformation, or of the element itself.
[[nodiscard]] LoopStep collect(LoopState& loop, Comprehension kind, const Value& value, Arena& arena, Budget& budget);

[[nodiscard]] Value finish_loop(LoopState& loop, Comprehension kind, Budget& budget);

}  // namespace kentongan::cel
