// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/rule_compiler.hpp"

namespace kentongan::rules {

/// What can only be seen with all rules of the set side by side; rules in the order of the files.
/// A rule id given twice is an error at the second; a rule that is the same as another, a warning there; so are level
/// rules where nothing adds to the risk.
void check_across_rules(const std::vector<CompiledRule>& rules);

}  // namespace kentongan::rules
