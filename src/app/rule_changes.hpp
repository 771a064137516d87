// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/rule_book.hpp"

namespace kentongan::app {

enum class RuleChange : unsigned char { added, removed, changed };

struct ChangedRule {
  std::string id;
  RuleChange change = RuleChange::changed;
};

/// The rules that are written otherwise in `next`, by id. A rule whose lists or macros changed in another place is not
/// among them.
[[nodiscard]] std::vector<ChangedRule> changed_rules(const RulesInUse& before, const RulesInUse& next);

/// The same and the files that differ, a line of a log each.
[[nodiscard]] std::vector<std::string> rule_changes(const RulesInUse& before, const RulesInUse& next);

}  // namespace kentongan::app
