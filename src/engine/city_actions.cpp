// SPDX-License-Identifier: Apache-2.0
// What officers do with alerts.
//
//   acknowledge, assign, mitigate   escalation stops, reminders begin     firing -> acknowledged
//   confirm                         the same, and `proposed` goes         firing -> acknowledged
//   snooze                          no escalation or reminder until then  state stays
//   resolve, false_alarm            the episode ends                      -> resolved
#include <fmt/format.h>

#include "engine/city.hpp"

namespace kentongan::engine {
namespace {

AlertStepKind step_of(ActionKind action) {
  switch (action) {
    case ActionKind::acknowledge:
      return AlertStepKind::acknowledged;
    case ActionKind::confirm:
      return AlertStepKind::confirmed;
    case ActionKind::assign:
      return AlertStepKind::assigned;
    case ActionKind::mitigate:
      return AlertStepKind::mitigated;
    case ActionKind::snooze:
      return AlertStepKind::snoozed;
    case ActionKind::resolve:
    case ActionKind::false_alarm:
      return AlertStepKind::resolved;
  }
  return AlertStepKind::acknowledged;
}

Reason reason_of(const Action& action) {
  return {std::string(word_of(action.action)), fmt::format("an officer answered: {}", word_of(action.action))};
}

}  // namespace

bool City::knows_alert(std::string_view alert) const {
  const std::string id(alert);
  return open_alerts_.contains(id) || closed_alerts_.contains(id);
}

void City::apply_action(const Event& event, const Action& action) {
  const auto open = open_alerts_.find(std::string(action.alert));
  if (open == open_alerts_.end()) return;  // closed: applied without effect
  const PatternId id = open->second;
  const TimePoint now = *clock_;
  Pattern& pattern = patterns_.at(id);
  Episode& episode = *pattern.episode;
  switch (action.action) {
    case ActionKind::resolve:
    case ActionKind::false_alarm:
      pattern.closed_arrival = arrivals_;
      // A level has to end first; of a window, the next event that makes it hold begins a new alert.
      pattern.wait_for_end = pattern.holding;
      close(id, now, AlertStepKind::resolved, reason_of(action), false, &event);
      free_if_idle(id);
      return;
    case ActionKind::snooze:
      episode.snoozed_until = action.until;
      break;
    case ActionKind::confirm:
      episode.proposed = false;
      [[fallthrough]];
    case ActionKind::acknowledge:
    case ActionKind::assign:
    case ActionKind::mitigate:
      episode.state = AlertState::acknowledged;
      if (!episode.acknowledged) episode.acknowledged = now;
      break;
  }
  write_step(id, now, step_of(action.action), reason_of(action), episode.told, &event);
  schedule(id);
}

}  // namespace kentongan::engine
