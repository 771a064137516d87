// SPDX-License-Identifier: Apache-2.0
// Sequence rules: runs of events, at an event or at the moment when nothing came behind the last step.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {

/// The events of a pattern less than `within` from a moment. `arrived`: those that had come by then only.
template <class Arrived>
City::Nearby City::nearby(const Pattern& pattern, TimePoint moment, Arrived arrived) const {
  const Duration within = context_.sequence(pattern.rule).within;
  const auto entries = pattern.window.entries();
  const auto first = std::partition_point(entries.begin(), entries.end(),
                                          [&](const Window::Entry& entry) { return entry.time <= moment - within; });
  Nearby nearby;
  for (auto at = first; at != entries.end() && at->time < moment + within; ++at) {
    if (!arrived(*at)) continue;
    nearby.events.push_back({at->time, at->value});
    nearby.records.push_back(at->record);
  }
  return nearby;
}

std::vector<RecordId> City::Nearby::records_of(const Run& run) const {
  std::vector<RecordId> behind;
  for (const std::size_t at : run) behind.push_back(records[at]);
  return behind;
}

std::size_t City::Nearby::position(RecordId record) const {
  return static_cast<std::size_t>(std::find(records.begin(), records.end(), record) - records.begin());
}

/// The entry's value holds the steps that the event satisfies.
void City::enter_sequence(PatternId id, RecordId record, const Event& event) {
  Pattern& pattern = patterns_.at(id);
  const SequenceSpec& spec = context_.sequence(pattern.rule);
  const TimePoint now = *clock_;
  const bool newest = pattern.window.entries().back().record == record;
  // What came last makes nothing whole unless it is the last step.
  const std::uint32_t parts = pattern.window.find(record, records_)->value;
  const bool whole = !newest || (parts & spec.steps.back()) != 0;
  // One that ends with a `not` waits for its time, unless that has passed already.
  if (whole && (spec.closing == 0 || records_.at(record).time < now)) {
    const Nearby around = nearby(pattern, records_.at(record).time, [](const Window::Entry&) { return true; });
    const std::size_t at = around.position(record);
    const auto run =
        spec.closing == 0 ? run_with(around.events, at, spec) : closed_run_with(around.events, at, now, spec);
    const bool dropped =
        run && spec.closing != 0 && !runs_at(pattern.rule, around.events[run->front()].time + spec.within);
    if (run && !dropped) {
      pattern.window.set_held(record, records_, now);
      pattern.last_event_hold = now;
      const auto steps = static_cast<std::int64_t>(run->size());
      begin(id, &event, true, {steps, steps}, around.records_of(*run));
    }
  }
  schedule(id);
}

/// Runs whose time has passed at this moment, and behind which nothing came. Each is taken once, however many rounds
/// the moment has; the alert tells of the one that begins last.
void City::close_sequences(PatternId id, TimePoint now) {
  Pattern& pattern = patterns_.at(id);
  const SequenceSpec& spec = context_.sequence(pattern.rule);
  if (spec.closing == 0) return;
  const Nearby around = nearby(pattern, now - spec.within, [](const Window::Entry&) { return true; });
  std::optional<Run> last;
  for (std::size_t first = 0; first < around.events.size(); ++first) {
    if (around.events[first].time + spec.within != now) continue;
    const RecordId record = around.records[first];
    if (pattern.window.find(record, records_)->held_at == now) continue;
    auto run = run_from(around.events, first, spec);
    if (!run) continue;
    pattern.window.set_held(record, records_, now);
    put(record);
    last = std::move(run);
  }
  if (!last) return;
  pattern.last_event_hold = now;
  mark(id);
  const KeptEvent* told = records_.at(around.records[last->back()]).kept.get();
  const auto steps = static_cast<std::int64_t>(last->size());
  begin(id, told == nullptr ? nullptr : &told->event(), false, {steps, steps}, around.records_of(*last));
}

/// When the time of the next run passes; only sequences that end with a `not` wait for one.
std::optional<TimePoint> City::next_closing(const Pattern& pattern) const {
  const SequenceSpec& spec = context_.sequence(pattern.rule);
  if (spec.closing == 0) return std::nullopt;
  const auto entries = pattern.window.entries();
  auto at = std::partition_point(entries.begin(), entries.end(),
                                 [&](const Window::Entry& entry) { return entry.time + spec.within <= *clock_; });
  while (at != entries.end() && (at->value & spec.steps.front()) == 0) ++at;
  return at == entries.end() ? std::nullopt : std::optional(at->time + spec.within);
}

/// As Window::last_event_hold().
TimePoint City::last_sequence_hold(const Pattern& pattern, std::uint64_t after) const {
  const SequenceSpec& spec = context_.sequence(pattern.rule);
  TimePoint last = Window::kNever;
  for (const Window::Entry& entry : pattern.window.entries()) {
    if (entry.held_at == Window::kNever || entry.held_at <= last) continue;
    const bool at_end = spec.closing != 0 && entry.held_at == entry.time + spec.within &&
                        records_.at(entry.record).seen < entry.held_at;
    if (at_end ? pattern.episode && entry.held_at < pattern.episode->fired && after > 0 : entry.arrival <= after)
      continue;
    const Nearby then = nearby(pattern, entry.time, [&](const Window::Entry& other) {
      return at_end ? records_.at(other.record).seen < entry.held_at : other.arrival <= entry.arrival;
    });
    const std::size_t at = then.position(entry.record);
    const bool still = at_end              ? run_from(then.events, at, spec).has_value()
                       : spec.closing == 0 ? run_with(then.events, at, spec).has_value()
                                           : closed_run_with(then.events, at, entry.held_at, spec).has_value();
    if (still) last = entry.held_at;
  }
  return last;
}

/// Before the oldest entry goes: what held with it can no longer change.
TimePoint City::settled_sequence_hold(const Pattern& pattern) const {
  const auto entries = pattern.window.entries();
  const TimePoint end = entries.front().time + context_.sequence(pattern.rule).within;
  TimePoint held = Window::kNever;
  for (auto at = entries.begin(); at != entries.end() && at->time < end; ++at) {
    if (at->held_at <= pattern.last_event_hold) held = std::max(held, at->held_at);
  }
  return held;
}

}  // namespace kentongan::engine
