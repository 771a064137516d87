// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/output.hpp"
#include "domain/time.hpp"
#include "rules/rule.hpp"

namespace kentongan::engine {

/// One open alert: from `fired` until it is resolved, expired or withdrawn.
///
///   firing --acknowledge/confirm/assign/mitigate--> acknowledged
///   firing, acknowledged --quiet, resolve, false_alarm--> resolved
///                        --expires--> expired      --its reports taken out--> withdrawn
struct Episode {
  AlertId id;
  TimePoint fired;
  Level level = Level::aman;
  AlertState state = AlertState::firing;
  int tier = 0;
  bool proposed = false;
  std::vector<std::string> told;  ///< roles, in the order in which they were first told
  std::string area;
  AlertText text;
  std::vector<std::string> events;
  std::vector<std::string> sources;  ///< of `events`, one each
  std::optional<std::int64_t> count, distinct;
  std::uint32_t steps = 0;                ///< written so far
  std::optional<TimePoint> acknowledged;  ///< the first time
  std::optional<TimePoint> snoozed_until;
  std::uint32_t reminders = 0;  ///< sent or slept through

  [[nodiscard]] bool snoozed(TimePoint now) const { return snoozed_until && now < *snoozed_until; }
  /// When the next tier is due, if nobody acknowledges; none: no tier is left or nobody needs it.
  [[nodiscard]] std::optional<TimePoint> next_escalation(const rules::AlertSpec& spec) const;
  [[nodiscard]] std::optional<TimePoint> next_reminder(const rules::AlertSpec& spec) const;
  /// Adds roles that were not told before.
  void tell(const std::vector<std::string>& roles);
};

}  // namespace kentongan::engine
