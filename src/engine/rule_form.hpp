// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "rules/rule.hpp"

namespace kentongan::engine {

/// What of a rule decides what its saved state means. State that was saved under another form is of no use to the rule
/// as it is now. Stable across versions and machines.
struct RuleForm {
  /// Its kind and what it keeps apart: of its scopes, what holds there and their alerts.
  std::uint64_t scopes = 0;
  /// The same, and what is counted or which steps there are: of the events in its windows.
  std::uint64_t window = 0;
};
[[nodiscard]] RuleForm form_of(const rules::Rule& rule);

/// Of all level rules of a set: what decides where one holds. Differs when a level rule was added or changed.
[[nodiscard]] std::uint64_t form_of_levels(const rules::RuleSet& rules);

}  // namespace kentongan::engine
