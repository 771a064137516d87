// SPDX-License-Identifier: Apache-2.0
// Spike rules: the events of the running local day against the days before.
#include <algorithm>

#include "engine/city.hpp"

namespace kentongan::engine {
namespace {

const rules::SpikeBlock& block_of(const rules::Rule& rule) { return std::get<rules::SpikeBlock>(rule.block); }

/// So long after its last event a scope is looked at again, until nothing of it is left.
constexpr std::chrono::days kIdleDays{30};

}  // namespace

DailyCounts::Day City::local_day(TimePoint time) const {
  return static_cast<DailyCounts::Day>(context_.reference().place(id_).zone->day_of(time).time_since_epoch().count());
}

TimePoint City::day_end(TimePoint time) const {
  const LocalZone& zone = *context_.reference().place(id_).zone;
  return zone.moment(zone.day_of(time) + std::chrono::days(1));
}

/// Counts the record's event in (1) or out (-1).
void City::count_day(PatternId id, RecordId record, std::int64_t sign) {
  Pattern& pattern = patterns_.at(id);
  if (restoring_ || !std::holds_alternative<rules::SpikeBlock>(context_.rule(pattern.rule).block)) return;
  if (!pattern.days) pattern.days = std::make_unique<DailyCounts>();
  pattern.days->add(local_day(records_.at(record).time), sign);
  mark(id);
}

void City::enter_spike(PatternId id, RecordId record, const Event& event) {
  Pattern& pattern = patterns_.at(id);
  const rules::SpikeBlock& block = block_of(context_.rule(pattern.rule));
  const TimePoint now = *clock_;
  count_day(id, record, 1);
  settle_days(pattern);
  const DailyCounts::Day today = local_day(now);
  if (pattern.days->unusual(block, today, local_day(*started_))) {
    pattern.window.set_held(record, records_, now);
    pattern.last_event_hold = day_end(now);
    mark(id);
    std::vector<RecordId> behind;
    for (const Window::Entry& entry : pattern.window.entries()) {
      if (local_day(entry.time) == today) behind.push_back(entry.record);
    }
    if (behind.empty()) behind.push_back(record);
    const std::int64_t count = pattern.days->on(today);
    begin(id, &event, true, {count, count}, std::move(behind));
  }
  schedule(id);
}

/// Days that neither a late arrival nor a correction can change any more are settled.
void City::settle_days(Pattern& pattern) {
  const Duration behind = std::max(context_.options().dedupe, context_.options().lateness);
  pattern.days->settle(block_of(context_.rule(pattern.rule)), local_day(*clock_ - behind), local_day(*started_));
}

/// The end of the last day that was unusual, as if only the present events had ever come.
TimePoint City::last_spike_hold(const Pattern& pattern, std::uint64_t after) const {
  const rules::SpikeBlock& block = block_of(context_.rule(pattern.rule));
  TimePoint last = Window::kNever;
  for (const Window::Entry& entry : pattern.window.entries()) {
    if (entry.held_at == Window::kNever || entry.arrival <= after || day_end(entry.held_at) <= last) continue;
    DailyCounts then = *pattern.days;
    for (const Window::Entry& other : pattern.window.entries()) {
      if (other.arrival > entry.arrival) then.add(local_day(other.time), -1);
    }
    if (then.unusual(block, local_day(entry.held_at), local_day(*started_))) last = day_end(entry.held_at);
  }
  return last;
}

/// When a scope without events may have nothing left that matters.
std::optional<TimePoint> City::days_forgotten(const Pattern& pattern) const {
  if (!pattern.days || pattern.days->empty()) return std::nullopt;
  const auto& counts = pattern.days->counts();
  DailyCounts::Day day = pattern.days->settled_day();
  if (!counts.empty()) day = std::max(day, counts.rbegin()->first);
  const LocalZone& zone = *context_.reference().place(id_).zone;
  return zone.moment(LocalDay{std::chrono::days{day}} + kIdleDays);
}

}  // namespace kentongan::engine
