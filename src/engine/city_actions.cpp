// SPDX-License-Identifier: Apache-2.0
// What officers do with alerts.
//
//   acknowledge, assign, mitigate   escalation stops, reminders begin     firing -> acknowledged
//   confirm                         the same, and `proposed` goes         firing -> acknowledged
//   snooze                          no escalation or reminder until then  state stays
//   resolve, false_alarm            the episode ends                      -> resolved
//   false_alarm with `refute`       and the reports behind it are taken out, as refutations would take them
#include <fmt/format.h>

#include <algorithm>
#include <utility>

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
      end_by_officer(id, event, action);
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
      first_answer_ = !episode.acknowledged;
      if (!episode.acknowledged) episode.acknowledged = now;
      break;
  }
  write_step(id, now, step_of(action.action), reason_of(action), episode.told, &event);
  schedule(id);
}

void City::end_by_officer(PatternId id, const Event& event, const Action& action) {
  Pattern& pattern = patterns_.at(id);
  const std::vector<std::string> sources = pattern.episode->sources;
  const std::vector<std::string> ids = pattern.episode->events;
  pattern.closed_arrival = arrivals_;
  // A level has to end first; of a window, the next event that makes it hold begins a new alert.
  pattern.wait_for_end = pattern.holding;
  close(id, *clock_, AlertStepKind::resolved, reason_of(action), false, &event);
  if (action.refute) refute_reports(sources, ids, event);
  if (patterns_.at(id).used) free_if_idle(id);
}

bool City::can_refute(RecordId root, const CorrectionKey& key) const {
  const Record& record = records_.at(root);
  if (!record.is_report || !record.ever_effective || record.settled) return false;
  const Duration dedupe = context_.options().dedupe;
  if (dedupe.count() == 0 || *clock_ - record.time > dedupe) return false;
  return !record.corrected || *record.corrected <= key;
}

/// Takes out what stands in these reports, all at once, as if each had been refuted by a report with the action's time
/// and id. What can no longer be corrected stays.
void City::refute_reports(std::span<const std::string> sources, std::span<const std::string> ids, const Event& action) {
  const CorrectionKey key{action.time, std::string(action.id)};
  ledger_.watch();
  std::vector<Earlier> left;
  std::vector<RecordId> roots;
  for (std::size_t i = 0; i < std::min(sources.size(), ids.size()); ++i) {
    const RecordId named = records_.find(sources[i], ids[i]);
    if (named == kNoRecord) continue;
    const RecordId root = records_.root_of(named);
    if (!can_refute(root, key)) continue;
    records_.at(root).corrected = std::make_unique<CorrectionKey>(key);
    const std::vector<Earlier> out = take_out(root);
    left.insert(left.end(), out.begin(), out.end());
    roots.push_back(root);
  }
  look_at_touched(Look::anew, false);
  for (std::size_t i = 0; i < left.size(); ++i) {
    // One pattern may have lost several entries: it is looked at when all are gone.
    if (i + 1 < left.size() && left[i + 1].pattern == left[i].pattern) {
      release_value(left[i].pattern, left[i].entry);
    } else {
      settle_withdrawals({&left[i], 1});
    }
  }
  for (const RecordId root : roots) put(root);
}

}  // namespace kentongan::engine
