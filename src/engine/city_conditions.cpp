// SPDX-License-Identifier: Apache-2.0
// Check and count rules: windows, and when their conditions hold.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {
namespace {

const rules::Per* per_of(const rules::Block& block) {
  if (const auto* check = std::get_if<rules::CheckBlock>(&block)) return &check->per;
  if (const auto* count = std::get_if<rules::CountBlock>(&block)) return &count->per;
  return nullptr;
}

}  // namespace

/// Rules other than score and level, in the order of their ids. `earlier`: entries that an earlier version of
/// the event had; where it takes part again, it keeps its entry and fires nothing.
void City::apply_conditions(RecordId record, const Event& event, bool late, std::span<const Earlier> earlier) {
  for (const auto [index, part] : matched_) {
    const rules::Rule& rule = context_.rule(index);
    const rules::Per* per = per_of(rule.block);
    if (per == nullptr) continue;
    const auto* count = std::get_if<rules::CountBlock>(&rule.block);
    if (late && count != nullptr) {
      ++effects_->late[index.value()];
      continue;
    }
    scopes_of(event, *per, context_.reference(), scopes_);
    for (const ScopeRef& scope : scopes_) {
      const auto value = distinct_value(index, event);
      if (!value) continue;
      const PatternId id = patterns_.find_or_create(index, scope);
      const auto before =
          std::find_if(earlier.begin(), earlier.end(), [&](const Earlier& entry) { return entry.pattern == id; });
      if (before != earlier.end()) {
        Earlier entry = *before;
        entry.entry.value = *value;
        reenter(record, entry);
        schedule(id);
      } else {
        enter(id, record, event, *value);
      }
    }
  }
}

/// 0 where events are counted; none where the event lacks what is counted and takes no part. The value is held
/// by whoever gets it.
std::optional<Interner::Id> City::distinct_value(RuleIndex rule, const Event& event) {
  const auto* count = std::get_if<rules::CountBlock>(&context_.rule(rule).block);
  if (count == nullptr || !count->distinct) return Interner::Id{0};
  const FieldValue value = field_value(event, *count->distinct, context_.reference());
  if (value.kind == FieldValue::Kind::text) return texts_.acquire(value.text);
  const auto text = field_text(event, *count->distinct);
  return text ? std::optional(texts_.acquire(*text)) : std::nullopt;
}

/// A field's value as one text; none: it is missing.
std::optional<std::string> City::field_text(const Event& event, FieldId field) const {
  const FieldValue value = field_value(event, field, context_.reference());
  if (value.missing()) return std::nullopt;
  if (value.kind != FieldValue::Kind::texts) return value_text(value, *context_.reference().place(id_).zone);
  std::string joined;
  for (const PlaceId place : value.places) joined += context_.reference().place(place).code + '+';
  return joined;
}

void City::enter(PatternId id, RecordId record, const Event& event, Interner::Id value) {
  Pattern& pattern = patterns_.at(id);
  const WindowSpec& spec = context_.window_spec(pattern.rule);
  const TimePoint now = *clock_;
  records_.use(record);
  records_.at(record).patterns.push_back(id);
  const WindowSize size =
      pattern.window.insert({records_.at(record).time, Window::kNever, ++arrivals_, record, value}, spec, records_);
  if ((spec.distinct ? size.distinct : size.count) >= spec.at_least) {
    pattern.window.set_held(record, now);
    pattern.last_event_hold = now;
    event_holds(id, record, event, size);
  }
  // Newer entries only put off what is due.
  if (!pattern.scheduled || pattern.window.front().record == record) schedule(id);
}

/// An event made the condition hold, at the clock.
void City::event_holds(PatternId id, RecordId record, const Event& event, const WindowSize& size) {
  Pattern& pattern = patterns_.at(id);
  const TimePoint now = *clock_;
  if (pattern.episode) {
    const auto& again = context_.rule(pattern.rule).alert.again_after;
    if (!again || now - pattern.episode->fired < *again) return;
    close(id, now, AlertStepKind::resolved, {"again", "the condition holds again; a new alert follows"}, true, nullptr);
  } else if (pattern.wait_for_end) {
    return;
  }
  fire(id, now, &event, size, pattern.window.largest_with(record, context_.window_spec(pattern.rule)));
}

/// A new version of an event in the entry of the earlier one: its time, arrival and what it fired stay. The entry
/// takes over the hold on its value.
void City::reenter(RecordId record, const Earlier& earlier) {
  Pattern& pattern = patterns_.at(earlier.pattern);
  Window::Entry entry = earlier.entry;
  entry.record = record;
  entry.time = records_.at(record).time;
  records_.use(record);
  records_.at(record).patterns.push_back(earlier.pattern);
  (void)pattern.window.insert(entry, context_.window_spec(pattern.rule), records_);
}

/// Takes the record's entries out of all windows. Their values stay held until settle_withdrawals().
std::vector<City::Earlier> City::leave_windows(RecordId record) {
  std::vector<Earlier> left;
  for (const PatternId id : std::exchange(records_.at(record).patterns, {})) {
    Pattern& pattern = patterns_.at(id);
    const auto entry = pattern.window.remove(record, context_.window_spec(pattern.rule));
    if (!entry) continue;
    left.push_back({id, *entry});
    records_.release(record);
  }
  return left;
}

/// Until when the condition of a check or count rule held or goes on to hold; kNever: it never did.
TimePoint City::held_until(const Pattern& pattern) const {
  const TimePoint behind = pattern.window.holds_until(context_.window_spec(pattern.rule));
  return std::max({pattern.settled_hold, pattern.last_event_hold, behind});
}

/// Looks at the patterns that an event left: their last hold is what it would be had it never come; an open
/// alert that would not be open now is withdrawn.
void City::settle_withdrawals(std::span<const Earlier> left) {
  const TimePoint now = *clock_;
  for (const Earlier& entry : left) {
    texts_.release(entry.entry.value);
    Pattern& pattern = patterns_.at(entry.pattern);
    if (!pattern.used) continue;
    const WindowSpec& spec = context_.window_spec(pattern.rule);
    pattern.last_event_hold = pattern.window.last_event_hold(spec);
    mark(entry.pattern);
    if (pattern.wait_for_end && pattern.window.holds_until(spec) <= now) pattern.wait_for_end = false;
    if (pattern.episode) {
      // What came before an officer closed an alert here, or it expired, opens nothing any more.
      const bool opens = pattern.closed_arrival == 0
                             ? held_until(pattern) != Window::kNever
                             : pattern.window.last_event_hold(spec, pattern.closed_arrival) != Window::kNever ||
                                   pattern.settled_hold > pattern.episode->fired;
      if (!opens || held_until(pattern) + context_.rule(pattern.rule).alert.quiet_for <= now) {
        close(entry.pattern, now, AlertStepKind::withdrawn,
              {"withdrawn", "without the reports that have been refuted or corrected it would not have fired"}, false,
              nullptr);
      }
    }
    schedule(entry.pattern);
    free_if_idle(entry.pattern);
  }
}

/// Drops entries that nothing can need any more.
void City::evict(PatternId id, TimePoint now) {
  Pattern& pattern = patterns_.at(id);
  const TimePoint held = drop_entries(id, now);
  // Without an open alert nobody asks any more when the condition held, but to know that it has ended.
  if (held <= pattern.settled_hold || !(pattern.episode || pattern.wait_for_end)) return;
  pattern.settled_hold = held;
  mark(id);
}

/// Returns until when the condition held through the entries that are gone; kNever: it did not.
TimePoint City::drop_entries(PatternId id, TimePoint now) {
  Pattern& pattern = patterns_.at(id);
  const Duration retention = context_.window_retention(pattern.rule);
  TimePoint held = Window::kNever;
  while (!pattern.window.empty() && now - pattern.window.front().time > retention) {
    const Window::Entry entry = pattern.window.front();
    held = std::max(held, pattern.window.evict_front(context_.window_spec(pattern.rule)));
    texts_.release(entry.value);
    std::erase(records_.at(entry.record).patterns, id);
    records_.release(entry.record);
  }
  return held;
}

}  // namespace kentongan::engine
