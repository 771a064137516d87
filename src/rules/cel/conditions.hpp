// SPDX-License-Identifier: Apache-2.0
// Comparisons of slots with constants, read off the code.
#pragma once

#include <optional>
#include <vector>

#include "rules/cel/program_data.hpp"

namespace kentongan::cel {

// What must hold for this stretch of code to leave true, if it is a comparison of one slot
// with constants, the slot alone, its negation, or such comparisons for equality of the
// same slot joined by ||. The ranges of constants are not filled in.
[[nodiscard]] std::optional<Condition> condition_of(const ProgramData& program, CodeSpan span);

// a < 1 for 1 > a.
[[nodiscard]] Operator mirrored(Operator comparison);

}  // namespace kentongan::cel
