// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/comparison.hpp"
#include "domain/reference.hpp"
#include "rules/rule.hpp"

namespace kentongan::app {

/// What there is to say beside the counts: which rules stand in one of the sets only.
struct ComparedSets {
  const rules::RuleSet& before;
  const rules::RuleSet& after;
  const Reference& reference;
};

/// A table of the rules with a difference, their first changes below it, and a line of totals.
[[nodiscard]] std::string comparison_text(const Comparison& comparison, const ComparedSets& sets);
/// All rules of both sets as one JSON object, with a line feed.
[[nodiscard]] std::string comparison_json(const Comparison& comparison, const ComparedSets& sets);

}  // namespace kentongan::app
