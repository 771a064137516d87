// SPDX-License-Identifier: Apache-2.0
#include "rules/story_names.hpp"

#include <algorithm>
#include <string_view>

#include "rules/certain.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

void check_named_rules(const std::vector<CompiledRule>& rules) {
  std::vector<std::string_view> known;
  for (const CompiledRule& rule : rules) known.push_back(rule.rule.id.value());
  std::sort(known.begin(), known.end());
  for (const CompiledRule& rule : rules) {
    for (const Node* name : rule.named_rules) {
      if (std::binary_search(known.begin(), known.end(), std::string_view(name->text))) continue;
      rule.findings->error(name->offset, "unknown-rule",
                           say("there is no rule `{}` in this set", shortened(name->text)),
                           did_you_mean(name->text, known, "name the `id` of a rule"),
                           rename_to_near(rule.findings->source(), *name, known));
    }
  }
}

}  // namespace kentongan::rules
