// SPDX-License-Identifier: Apache-2.0
// Absence rules: what should have come after an event, or from every member by a moment of the calendar. Their
// conditions last: from the deadline until what was expected comes.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/city.hpp"
#include "engine/clash.hpp"

namespace kentongan::engine {

/// The entry's value: 1 where the event asks for another one, 2 where it is an answer. What would be overdue outside
/// the stages of the rule asks for nothing.
std::vector<AbsenceEvent> City::absence_events(const Pattern& pattern, bool all) const {
  const auto entries = pattern.window.entries();
  auto first = entries.end();
  std::optional<TimePoint> answered;
  while (first != entries.begin()) {
    const Window::Entry& entry = *std::prev(first);
    // What is older than the last answer is answered.
    if (!all && answered && entry.time < *answered) break;
    if (!answered && (entry.value & kAnswers) != 0) answered = entry.time;
    --first;
  }
  const Duration within = std::get<rules::AbsenceBlock>(context_.rule(pattern.rule).block).within;
  std::vector<AbsenceEvent> events;
  for (; first != entries.end(); ++first) {
    const bool asks = (first->value & kAsks) != 0 && runs_at(pattern.rule, first->time + within);
    events.push_back(
        {first->time, asks, (first->value & kAnswers) != 0, records_.at(first->record).seen, first->arrival});
  }
  return events;
}

/// Events that nothing has answered, in the order of events.
std::vector<RecordId> City::unanswered_in(const Pattern& pattern) const {
  const std::vector<AbsenceEvent> events = absence_events(pattern, false);
  const auto entries = pattern.window.entries();
  std::vector<RecordId> open;
  for (const std::size_t at : unanswered(events)) {
    open.push_back(entries[entries.size() - events.size() + at].record);
  }
  return open;
}

/// Looks at what is overdue now. `event`: what has just come, in the record `own`.
void City::look_at_absence(PatternId id, Begin how, const Event* event, RecordId own) {
  Pattern& pattern = patterns_.at(id);
  const Duration within = std::get<rules::AbsenceBlock>(context_.rule(pattern.rule).block).within;
  const TimePoint now = *clock_;
  std::vector<RecordId> overdue = unanswered_in(pattern);
  std::erase_if(overdue, [&](RecordId record) { return records_.at(record).time + within > now; });
  const bool own_holds = std::find(overdue.begin(), overdue.end(), own) != overdue.end();
  mark(id);
  // What answers all that was missed, and is overdue itself at once, ends one condition and begins another.
  if (own_holds && overdue.size() == 1 && !pattern.overdue_before) end_waiting(id);
  if (overdue.empty() && !pattern.overdue_before) {
    end_waiting(id);
  } else if (!std::exchange(pattern.holding, true) || own_holds) {
    if (how == Begin::taking_out) {
      pattern.wait_for_end = true;
    } else if (!overdue.empty()) {
      const KeptEvent* last = records_.at(overdue.back()).kept.get();
      const Event* told = own_holds ? event : last == nullptr ? nullptr : &last->event();
      const auto count = static_cast<std::int64_t>(overdue.size());
      begin(id, told, own_holds, {count, count}, std::move(overdue));
    }
  }
  schedule(id);
}

/// What was missed has come, or need not come: the condition holds no longer, and the alert becomes quiet.
void City::end_waiting(PatternId id) {
  Pattern& pattern = patterns_.at(id);
  pattern.holds_to.reset();
  pattern.wait_for_end = false;
  if (std::exchange(pattern.holding, false)) pattern.last_event_hold = *clock_;
}

/// When the next event that waits for its answer becomes overdue.
std::optional<TimePoint> City::next_overdue(const Pattern& pattern) const {
  const Duration within = std::get<rules::AbsenceBlock>(context_.rule(pattern.rule).block).within;
  for (const RecordId record : unanswered_in(pattern)) {
    if (records_.at(record).time + within > *clock_) return records_.at(record).time + within;
  }
  return std::nullopt;
}

/// An event that was asked or answered was taken out.
void City::withdraw_absence(PatternId id) {
  look_at_absence(id, Begin::taking_out, nullptr, kNoRecord);
  Pattern& pattern = patterns_.at(id);
  if (!pattern.episode || pattern.holding) return;
  const auto& rule = context_.rule(pattern.rule);
  const Duration within = std::get<rules::AbsenceBlock>(rule.block).within;
  const TimePoint last = std::max(pattern.settled_hold, last_overdue(absence_events(pattern, true), within, *clock_));
  if (last != Window::kNever && last + rule.alert.quiet_for > *clock_) {
    pattern.last_event_hold = last;
    return;
  }
  close(id, *clock_, AlertStepKind::withdrawn,
        {"withdrawn", "without the reports that have been refuted or corrected it would not have fired"}, false,
        nullptr);
}

/// The moments at which members of the city are missed from now on. `started`: the clock at its first event.
void City::schedule_calendar(TimePoint started) {
  started_ = started;
  const LocalZone& zone = *context_.reference().place(id_).zone;
  for (const RuleIndex rule : context_.member_rules()) {
    const auto& block = std::get<rules::MemberAbsenceBlock>(context_.rule(rule).block);
    auto& times = waiting_times_[rule] = waiting_times(block, context_.reference(), zone);
    for (const WaitingTime& time : times) {
      if (time.by >= *clock_) deadlines_.push({time.by, Deadline::Kind::calendar, rule.value()});
    }
  }
}

/// Until when the member is missed now at the latest; none: it is not.
std::optional<TimePoint> City::missed_until(const Pattern& pattern) const {
  std::optional<TimePoint> until;
  const auto& block = std::get<rules::MemberAbsenceBlock>(context_.rule(pattern.rule).block);
  const auto entries = pattern.window.entries();
  const TimePoint came = entries.empty() ? pattern.last_expected : std::max(pattern.last_expected, entries.back().time);
  for (const WaitingTime& time : waiting_times_.at(pattern.rule)) {
    if (time.by > *clock_ || time.by < *started_ || time.end <= *clock_ || !runs_at(pattern.rule, time.by)) continue;
    const TimePoint since = time.since.value_or(Window::kNever);
    if (came != Window::kNever && came >= since) continue;
    if (block.each == rules::PerKind::consignment &&
        (pattern.last_seen == Window::kNever || pattern.last_seen < since)) {
      continue;
    }
    until = std::max(until.value_or(time.end), time.end);
  }
  return until;
}

/// Looks at one member now.
void City::look_at_member(PatternId id, Begin how, const Event* event) {
  Pattern& pattern = patterns_.at(id);
  const auto until = missed_until(pattern);
  mark(id);
  if (!until) {
    end_waiting(id);
  } else {
    pattern.holds_to = until;
    if (!std::exchange(pattern.holding, true)) {
      if (how == Begin::taking_out) {
        pattern.wait_for_end = true;
      } else {
        begin(id, event, false, {0, 0}, {});
      }
    }
  }
  schedule(id);
}

/// A moment of the calendar has come for this rule: appends the members that are missed.
void City::gather_missed(RuleIndex rule, std::vector<PatternId>& missed) {
  const Reference& reference = context_.reference();
  const auto& block = std::get<rules::MemberAbsenceBlock>(context_.rule(rule).block);
  const auto add = [&](const ScopeRef& scope) {
    const auto known = patterns_.find(rule, scope);
    if (!known || missed_until(patterns_.at(*known))) missed.push_back(patterns_.find_or_create(rule, scope));
  };
  const Place& city = reference.place(id_);
  if (block.each == rules::PerKind::area) {
    for (const PlaceId area : city.areas) add({ScopeKind::area, area, {}});
  } else if (block.each == rules::PerKind::district) {
    for (const PlaceId district : city.districts) add({ScopeKind::district, district, {}});
  } else if (block.each == rules::PerKind::consignment) {
    for (PatternId id = 0; id < patterns_.slots(); ++id) {
      const Pattern& pattern = patterns_.at(id);
      if (pattern.used && pattern.rule == rule && missed_until(pattern)) missed.push_back(id);
    }
  } else {
    for (const PlaceId area : city.areas) {
      const auto stations = reference.polling_stations.find(area);
      if (stations == reference.polling_stations.end()) continue;
      for (const PollingStation& station : stations->second) {
        add({ScopeKind::polling_station, std::nullopt, fmt::format("{}/{}", reference.place(area).code, station.tps)});
      }
    }
  }
}

/// Whether the scope of an expected event is one of those for whom the rule waits.
bool City::is_member(const rules::MemberAbsenceBlock& block, const ScopeRef& scope) const {
  switch (block.each) {
    case rules::PerKind::area:
      return scope.kind == ScopeKind::area;
    case rules::PerKind::district:
      return scope.kind == ScopeKind::district;
    case rules::PerKind::polling_station: {
      const auto slash = scope.text.find('/');
      const auto area = context_.reference().find_place(std::string_view(scope.text).substr(0, slash));
      const auto& all = context_.reference().polling_stations;
      const auto stations = area ? all.find(*area) : all.end();
      return stations != all.end() &&
             std::any_of(stations->second.begin(), stations->second.end(), [&](const PollingStation& one) {
               return scope.text.compare(slash + 1, scope.text.npos, one.tps) == 0;
             });
    }
    default:
      return true;
  }
}

/// A consignment is on its way: from now on rules wait for it.
void City::see_consignment(const Event& event) {
  const auto& consignment = std::get<Consignment>(event.data);
  for (const RuleIndex rule : context_.member_rules()) {
    const auto& block = std::get<rules::MemberAbsenceBlock>(context_.rule(rule).block);
    if (block.each != rules::PerKind::consignment) continue;
    const PatternId id =
        patterns_.find_or_create(rule, {ScopeKind::consignment, std::nullopt, std::string(consignment.consignment)});
    Pattern& pattern = patterns_.at(id);
    pattern.last_seen = std::max(pattern.last_seen, event.time);
    look_at_member(id, Begin::event, &event);
    free_if_idle(id);
  }
}

/// What is known of a member is needed while an election lies ahead in which it could count.
bool City::member_needed(const Pattern& pattern) const {
  const TimePoint known = std::max(pattern.last_expected, pattern.last_seen);
  if (known == Window::kNever) return false;
  const auto& times = waiting_times_.at(pattern.rule);
  return std::any_of(times.begin(), times.end(), [&](const WaitingTime& time) {
    return time.end > *clock_ && (!time.since || *time.since <= known);
  });
}

/// When the last election ends for which something of the member is kept.
std::optional<TimePoint> City::member_forgotten(const Pattern& pattern) const {
  if (!member_needed(pattern)) return std::nullopt;
  std::optional<TimePoint> last;
  for (const WaitingTime& time : waiting_times_.at(pattern.rule)) last = std::max(last.value_or(time.end), time.end);
  return last;
}

}  // namespace kentongan::engine
