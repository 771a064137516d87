// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "rules/rule.hpp"
#include "rules/set_context.hpp"
#include "rules/story.hpp"

namespace kentongan::rules {

/// A rule as far as it could be compiled, with what the checks across rules need. When its file has
/// errors it may be incomplete; no set is made of it then.
struct CompiledRule {
  Rule rule;
  std::vector<Story> stories;
  std::vector<const Node*> named_rules;  ///< where stories name rules; of the file's tree
  Findings* findings = nullptr;          ///< of its file
  std::size_t id_offset = 0;             ///< of the value of `id`
  bool comparable = false;               ///< it was read whole, so that "the same as another" can be said
};

/// Second stage, for one item of `rules`: checks every key and value and lowers it. None for what is no rule.
[[nodiscard]] std::optional<CompiledRule> compile_rule(SetContext& context, Findings& findings, const Node& rule);

}  // namespace kentongan::rules
