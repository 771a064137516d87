// SPDX-License-Identifier: Apache-2.0
#include "duty/roster.hpp"

#include <algorithm>

namespace kentongan::duty {
namespace {

/// `consignment-*` is every rule that begins so; without a star it is that rule.
bool fits(std::string_view pattern, std::string_view rule) {
  if (pattern.ends_with('*')) return rule.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == rule;
}

}  // namespace

const Person* Roster::find(std::string_view id) const {
  const auto found = std::ranges::find(people, id, &Person::id);
  return found == people.end() ? nullptr : &*found;
}

bool Roster::reaches_anybody() const {
  return std::ranges::any_of(people, [](const Person& person) { return !person.channels.empty(); });
}

std::string_view Roster::family_of(std::string_view rule) const {
  for (const auto& [name, rules] : families) {
    if (std::ranges::any_of(rules, [&](const std::string& pattern) { return fits(pattern, rule); })) return name;
  }
  return rule;
}

}  // namespace kentongan::duty
