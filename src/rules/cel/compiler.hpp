// SPDX-License-Identifier: Apache-2.0
// A checked tree to code.
#pragma once

#include <memory>
#include <string_view>

#include "rules/cel/checker.hpp"
#include "rules/cel/program_data.hpp"

namespace kentongan::cel {

// The tree has been checked without errors, or for a dynamic environment.
[[nodiscard]] std::shared_ptr<const ProgramData> generate(const Checked& checked, std::string_view text);

}  // namespace kentongan::cel
