// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"
#include "rules/story.hpp"

namespace kentongan::rules {

/// The `tests` of a rule. Data of events is checked as the codec would check it, with nearer hints. What stands for a
/// rule of the set is added to `named_rules`.
[[nodiscard]] std::vector<Story> read_stories(const SetContext& context, Findings& findings, const Node& tests,
                                              std::string_view rule, std::vector<const Node*>& named_rules);

}  // namespace kentongan::rules
