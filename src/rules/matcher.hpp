// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "rules/rule.hpp"

namespace kentongan::rules {

/// Finds the rules whose condition an event satisfies (check, score and count rules; level rules have none).
/// Immutable once built; thread-safe. Results come in ascending RuleIndex.
class Matcher {
 public:
  Matcher(const RuleSet& rules, const Reference& reference);

  /// By index: only rules that can match are tried. Appends to `matched` after clearing it.
  void match(const Event& event, std::vector<RuleIndex>& matched) const;
  /// Every rule, by the slow evaluator. Always the same result as match().
  void match_by_full_scan(const Event& event, std::vector<RuleIndex>& matched) const;

 private:
  /// Rules of one event type, indexed by the code of one field (or always tried).
  struct Postings {
    FieldId field{};
    std::vector<std::vector<RuleIndex>> by_code;
  };
  struct PerType {
    std::vector<Postings> postings;
    std::vector<RuleIndex> always;
  };

  const RuleSet& rules_;
  const Reference& reference_;
  std::array<PerType, 5> types_;
};

}  // namespace kentongan::rules
