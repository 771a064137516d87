// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/rule_compiler.hpp"

namespace kentongan::rules {

/// Errors about rules that tests name and the set does not have. To be called when all rules are known.
void check_named_rules(const std::vector<CompiledRule>& rules);

}  // namespace kentongan::rules
