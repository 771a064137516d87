// SPDX-License-Identifier: Apache-2.0
#include "engine/patterns.hpp"

namespace kentongan::engine {

std::optional<PatternId> Patterns::find(RuleIndex rule, const ScopeRef& scope) const {
  if (scope.place) {
    const auto found = by_place_.find(place_key(rule, *scope.place));
    return found == by_place_.end() ? std::nullopt : std::optional(found->second);
  }
  const auto found = by_text_.find(text_key(rule, scope.text));
  return found == by_text_.end() ? std::nullopt : std::optional(found->second);
}

PatternId Patterns::find_or_create(RuleIndex rule, const ScopeRef& scope) {
  const auto found = find(rule, scope);
  return found ? *found : create(rule, scope);
}

PatternId Patterns::create(RuleIndex rule, const ScopeRef& scope) {
  PatternId id = 0;
  if (free_.empty()) {
    id = static_cast<PatternId>(patterns_.size());
    patterns_.emplace_back();
  } else {
    id = free_.back();
    free_.pop_back();
  }
  Pattern& pattern = patterns_[id];
  pattern.rule = rule;
  pattern.scope = scope;
  pattern.used = true;
  if (scope.place) {
    by_place_.emplace(place_key(rule, *scope.place), id);
  } else {
    by_text_.emplace(text_key(rule, scope.text), id);
  }
  return id;
}

void Patterns::free(PatternId id) {
  Pattern& pattern = patterns_[id];
  if (pattern.scope.place) {
    by_place_.erase(place_key(pattern.rule, *pattern.scope.place));
  } else {
    by_text_.erase(text_key(pattern.rule, pattern.scope.text));
  }
  pattern = Pattern{};
  free_.push_back(id);
}

bool Patterns::before(PatternId a, PatternId b) const {
  const Pattern& x = patterns_[a];
  const Pattern& y = patterns_[b];
  if (x.rule != y.rule) return x.rule < y.rule;
  return key(a) < key(b);
}

}  // namespace kentongan::engine
