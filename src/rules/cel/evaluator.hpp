// SPDX-License-Identifier: Apache-2.0
// Runs code.
#pragma once

#include "rules/cel/program_data.hpp"
#include "rules/cel/workspace.hpp"

namespace kentongan::cel {

// The value that this stretch of code leaves on the stack; it may be an error value, whose
// place is then the instruction's index + 1. Code is structured: the stretch of a node
// leaves exactly one value. The workspace must be prepared.
[[nodiscard]] Value run(const ProgramData& program, CodeSpan span, const Activation& activation, Workspace& workspace);

}  // namespace kentongan::cel
