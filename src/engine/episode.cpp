// SPDX-License-Identifier: Apache-2.0
#include "engine/episode.hpp"

#include <algorithm>

namespace kentongan::engine {

std::optional<TimePoint> Episode::next_escalation(const rules::AlertSpec& spec) const {
  const auto next = static_cast<std::size_t>(tier);
  if (acknowledged || next >= spec.escalate.size()) return std::nullopt;
  const TimePoint due = fired + spec.escalate[next].after;
  return snoozed_until ? std::max(due, *snoozed_until) : due;
}

std::optional<TimePoint> Episode::next_reminder(const rules::AlertSpec& spec) const {
  if (!acknowledged || !spec.remind_every) return std::nullopt;
  return *acknowledged + *spec.remind_every * (reminders + 1);
}

void Episode::tell(const std::vector<std::string>& roles) {
  for (const std::string& role : roles) {
    if (std::find(told.begin(), told.end(), role) == told.end()) told.push_back(role);
  }
}

}  // namespace kentongan::engine
