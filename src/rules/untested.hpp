// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/rule_compiler.hpp"

namespace kentongan::rules {

/// Once a set has a test at all, each rule that runs should be seen to fire, and to stay silent at an event. Warns, at
/// its id, about those that are not. Score rules make no alert, and a rule with other findings has enough to say: both
/// are left alone.
void warn_untested(const std::vector<CompiledRule>& rules);

}  // namespace kentongan::rules
