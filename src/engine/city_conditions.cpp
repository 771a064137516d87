// SPDX-License-Identifier: Apache-2.0
// Check and count rules: windows, and when their conditions hold.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"
#include "engine/clash.hpp"
#include "engine/fetch_patterns.hpp"

namespace kentongan::engine {
namespace {

/// Events of a scope that a sequence, absence or spike rule looks at, at most; beyond, the oldest is dropped.
constexpr std::size_t kMostEntries = 10'000;

}  // namespace

/// Rules other than score, level, clash and quota, in the order of their ids. `earlier`: entries that an earlier
/// version of the event had; where it takes part again, it keeps its entry and fires nothing.
void City::apply_conditions(RecordId record, const Event& event, bool late, std::span<const Earlier> earlier) {
  if (const Report* report = event.report()) fetch_window_ends(matched_, report->area, context_, patterns_);
  evaluator_.risk_changed();
  settle_matches(false);
  explain(event);
  if (context_.options().watch) context_.options().watch(*this, event, evaluator_);
  for (std::size_t first = 0; first < matched_.size();) {
    std::size_t end = first + 1;
    if (!context_.traits(matched_[first].rule).takes_part) {
      first = end;
      continue;
    }
    while (end < matched_.size() && matched_[end].rule == matched_[first].rule) ++end;
    take_part(std::span(matched_).subspan(first, end - first), record, event, late, earlier);
    first = end;
  }
}

/// The event satisfies these conditions of one rule.
void City::take_part(std::span<const rules::Match> parts, RecordId record, const Event& event, bool late,
                     std::span<const Earlier> earlier) {
  const RuleIndex index = parts.front().rule;
  const RuleTraits& traits = context_.traits(index);
  if (late && !traits.check) {
    ++effects_->rules[index.value()].late;
    return;
  }
  if (const Report* report = traits.per_area ? event.report() : nullptr) {
    const auto value = distinct_value(traits, record, event);
    if (value) {
      take_part_in(patterns_.find_or_create(index, ScopeKind::area, report->area), *value, record, event, earlier);
    }
    return;
  }
  scopes_for(parts.front(), event);
  Interner::Id bits = 0;
  for (const rules::Match& match : parts) bits |= Interner::Id{1} << match.part;
  for (const ScopeRef& scope : scopes_) {
    const auto value = traits.counts ? distinct_value(traits, record, event) : std::optional(bits);
    if (value) take_part_in(patterns_.find_or_create(index, scope), *value, record, event, earlier);
  }
}

/// The scopes of the rule in which the event takes part.
void City::scopes_for(const rules::Match& match, const Event& event) {
  const rules::Rule& rule = context_.rule(match.rule);
  scopes_of(event, *rules::per_of(rule, match.part), context_.reference(), scopes_);
  const auto* members = std::get_if<rules::MemberAbsenceBlock>(&rule.block);
  if (members == nullptr) return;
  const auto* campaign = std::get_if<Campaign>(&event.data);
  if (campaign != nullptr && members->each == rules::PerKind::area) {
    scopes_.clear();
    for (const PlaceId area : kelurahan_of(*campaign, context_.reference())) {
      scopes_.push_back({ScopeKind::area, area, {}});
    }
  }
  std::erase_if(scopes_, [&](const ScopeRef& scope) { return !is_member(*members, scope); });
}

void City::take_part_in(PatternId id, Interner::Id value, RecordId record, const Event& event,
                        std::span<const Earlier> earlier) {
  const auto before =
      std::find_if(earlier.begin(), earlier.end(), [&](const Earlier& entry) { return entry.pattern == id; });
  const RuleIndex rule = patterns_.at(id).rule;
  if (before == earlier.end() && context_.traits(rule).counts) return enter(id, record, event, value);
  const rules::Block& block = context_.rule(rule).block;
  // Another part of a sequence or absence is something that the earlier version did not match.
  const bool more =
      std::holds_alternative<rules::SequenceBlock>(block) || std::holds_alternative<rules::AbsenceBlock>(block);
  if (before == earlier.end() || (more && (value & ~before->entry.value) != 0)) {
    join_pattern(id, record, event, value);
    return;
  }
  Earlier entry = *before;
  entry.entry.value = value;
  reenter(record, entry);
  keep_if_told(id, record, event, value);
  schedule(id);
}

/// Of rules other than check and count.
void City::join_pattern(PatternId id, RecordId record, const Event& event, Interner::Id value) {
  const rules::Block& block = context_.rule(patterns_.at(id).rule).block;
  (void)add_entry(id, record, value);
  keep_if_told(id, record, event, value);
  while (patterns_.at(id).window.size() > kMostEntries) {
    put(patterns_.at(id).window.front().record);
    (void)drop_front(id);
    ++effects_->rules[patterns_.at(id).rule.value()].dropped;
  }
  if (patterns_.at(id).window.find(record, records_) == nullptr) return;
  if (std::holds_alternative<rules::SequenceBlock>(block)) {
    enter_sequence(id, record, event);
  } else if (std::holds_alternative<rules::AbsenceBlock>(block)) {
    if ((value & kAnswers) != 0) patterns_.at(id).overdue_before = false;
    look_at_absence(id, Begin::event, &event, record);
  } else if (std::holds_alternative<rules::MemberAbsenceBlock>(block)) {
    look_at_member(id, Begin::event, &event);
  } else {
    enter_spike(id, record, event);
  }
}

/// An alert that fires later, when no event is at hand, tells of this one.
void City::keep_if_told(PatternId id, RecordId record, const Event& event, Interner::Id value) {
  const RuleIndex rule = patterns_.at(id).rule;
  const rules::Block& block = context_.rule(rule).block;
  bool told = std::holds_alternative<rules::AbsenceBlock>(block) && (value & kAsks) != 0;
  if (std::holds_alternative<rules::SequenceBlock>(block)) {
    const SequenceSpec& spec = context_.sequence(rule);
    told = spec.closing != 0 && (value & spec.steps.back()) != 0;
  }
  if (told) records_.at(record).kept = std::make_unique<KeptEvent>(event);
}

/// The record's event comes into the pattern's window, as the last that arrived.
Window::Inserted City::add_entry(PatternId id, RecordId record, Interner::Id value) {
  Pattern& pattern = patterns_.at(id);
  Record& entering = records_.at(record);
  ++entering.uses;
  entering.patterns.push_back(id);
  return pattern.window.insert({entering.time, Window::kNever, ++arrivals_, record, value},
                               context_.window_spec(pattern.rule), records_);
}

/// A condition holds at this moment: by an event, or (then `again_after` does not count) by a deadline.
void City::begin(PatternId id, const Event* event, bool by_event, WindowSize size, std::vector<RecordId> behind) {
  const Pattern& pattern = patterns_.at(id);
  const TimePoint now = *clock_;
  if (pattern.episode) {
    const auto& again = context_.rule(pattern.rule).alert.again_after;
    if (!by_event || !again || now - pattern.episode->fired < *again) return;
    close(id, now, AlertStepKind::resolved, {"again", "the condition holds again; a new alert follows"}, true, nullptr);
  } else if (pattern.wait_for_end) {
    return;
  }
  fire(id, now, event, size, std::move(behind));
}

/// 0 where events are counted; none where the event lacks what is counted and takes no part. The value is held
/// by whoever gets it.
std::optional<Interner::Id> City::distinct_value(const RuleTraits& rule, RecordId record, const Event& event) {
  if (!rule.distinct) return Interner::Id{0};
  if (*rule.distinct == FieldId::report_reporter_ref && records_.at(record).reporter != 0) {
    return texts_.acquire(records_.at(record).reporter);
  }
  const FieldValue value = field_value(event, *rule.distinct, context_.reference());
  if (value.kind == FieldValue::Kind::text) return texts_.acquire(value.text);
  const auto text = field_text(event, *rule.distinct);
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
  const Window::Inserted entry = add_entry(id, record, value);
  if (entry.holds) {
    pattern.window.set_held(entry.at, *clock_);
    pattern.last_event_hold = *clock_;
    event_holds(id, entry.at, event);
  }
  // Newer entries only put off what is due.
  if (!pattern.scheduled || pattern.window.front().record == record) schedule(id);
}

/// An event, whose entry is here in the window, made the condition hold, at the clock.
void City::event_holds(PatternId id, std::size_t at, const Event& event) {
  Pattern& pattern = patterns_.at(id);
  const TimePoint now = *clock_;
  if (pattern.episode) {
    const auto& again = context_.rule(pattern.rule).alert.again_after;
    if (!again || now - pattern.episode->fired < *again) return;
    close(id, now, AlertStepKind::resolved, {"again", "the condition holds again; a new alert follows"}, true, nullptr);
  } else if (pattern.wait_for_end) {
    return;
  }
  auto largest = pattern.window.largest_with(at, context_.window_spec(pattern.rule));
  fire(id, now, &event, largest.size, std::move(largest.records));
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
  count_day(earlier.pattern, record, 1);
}

/// Takes the record's entries out of all windows. Their values stay held until settle_withdrawals().
std::vector<City::Earlier> City::leave_windows(RecordId record) {
  std::vector<Earlier> left;
  for (const PatternId id : std::exchange(records_.at(record).patterns, {})) {
    Pattern& pattern = patterns_.at(id);
    const auto entry = pattern.window.remove(record, context_.window_spec(pattern.rule), records_);
    if (!entry) continue;
    left.push_back({id, *entry});
    count_day(id, record, -1);
    records_.release(record);
  }
  return left;
}

/// Until when a condition that does not last held or goes on to hold; of one that lasts, when it last ended; kNever: it
/// never did.
TimePoint City::held_until(const Pattern& pattern) const {
  const TimePoint behind = pattern.window.holds_until(context_.window_spec(pattern.rule));
  return std::max({pattern.settled_hold, pattern.last_event_hold, behind});
}

/// Only what is counted by its value holds a text.
void City::release_value(PatternId id, const Window::Entry& entry) {
  if (context_.window_spec(patterns_.at(id).rule).distinct) texts_.release(entry.value);
}

/// The last clock at which an event that arrived behind `after` made the condition hold, as if only the present
/// events had ever come.
TimePoint City::last_hold(const Pattern& pattern, std::uint64_t after) const {
  const rules::Block& block = context_.rule(pattern.rule).block;
  if (std::holds_alternative<rules::SequenceBlock>(block)) return last_sequence_hold(pattern, after);
  if (std::holds_alternative<rules::SpikeBlock>(block)) return last_spike_hold(pattern, after);
  return pattern.window.last_event_hold(context_.window_spec(pattern.rule), after);
}

/// Looks at the patterns that an event left: their last hold is what it would be had it never come; an open
/// alert that would not be open now is withdrawn.
void City::settle_withdrawals(std::span<const Earlier> left) {
  for (const Earlier& entry : left) {
    if (!patterns_.at(entry.pattern).used) continue;
    release_value(entry.pattern, entry.entry);
    settle_withdrawal(entry);
    schedule(entry.pattern);
    free_if_idle(entry.pattern);
  }
}

void City::settle_withdrawal(const Earlier& entry) {
  const TimePoint now = *clock_;
  Pattern& pattern = patterns_.at(entry.pattern);
  const rules::Block& block = context_.rule(pattern.rule).block;
  mark(entry.pattern);
  if (std::holds_alternative<rules::AbsenceBlock>(block)) return withdraw_absence(entry.pattern);
  if (std::holds_alternative<rules::MemberAbsenceBlock>(block)) {
    return look_at_member(entry.pattern, Begin::taking_out, nullptr);
  }
  pattern.last_event_hold = last_hold(pattern, 0);
  if (pattern.wait_for_end && held_until(pattern) <= now) pattern.wait_for_end = false;
  if (!pattern.episode) return;
  // What came before an officer closed an alert here, or it expired, opens nothing any more.
  const bool opens = pattern.closed_arrival == 0 ? held_until(pattern) != Window::kNever
                                                 : last_hold(pattern, pattern.closed_arrival) != Window::kNever ||
                                                       pattern.settled_hold > pattern.episode->fired;
  if (opens && held_until(pattern) + context_.rule(pattern.rule).alert.quiet_for > now) return;
  close(entry.pattern, now, AlertStepKind::withdrawn,
        {"withdrawn", "without the reports that have been refuted or corrected it would not have fired"}, false,
        nullptr);
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
  const Pattern& pattern = patterns_.at(id);
  TimePoint held = Window::kNever;
  const TimePoint begin = context_.window_begin(pattern.rule, now);
  while (!pattern.window.empty() && pattern.window.front().time < begin) {
    // They came a day ago, and lie far from the processor.
    constexpr std::size_t kAhead = 8;
    if (pattern.window.size() > kAhead) records_.fetch(pattern.window.entries()[kAhead].record);
    held = std::max(held, drop_front(id));
  }
  return held;
}

/// The oldest entry goes; returns until when the condition held through it.
TimePoint City::drop_front(PatternId id) {
  Pattern& pattern = patterns_.at(id);
  const Window::Entry entry = pattern.window.front();
  const rules::Block& block = context_.rule(pattern.rule).block;
  TimePoint held = Window::kNever;
  if (context_.traits(pattern.rule).counts) {
    held = pattern.window.evict_front(context_.window_spec(pattern.rule), pattern.episode || pattern.wait_for_end);
  } else if (std::holds_alternative<rules::SequenceBlock>(block)) {
    held = settled_sequence_hold(pattern);
    (void)pattern.window.evict_front(context_.window_spec(pattern.rule), false);
  } else {
    // While restoring, what was dropped before is dropped again: what that left was saved with the pattern.
    if (const auto* absence = std::get_if<rules::AbsenceBlock>(&block); absence != nullptr && !restoring_) {
      const auto open = unanswered_in(pattern);
      const bool overdue = entry.time + absence->within <= *clock_;
      if (overdue && std::find(open.begin(), open.end(), entry.record) != open.end()) pattern.overdue_before = true;
    }
    const bool member = std::holds_alternative<rules::MemberAbsenceBlock>(block);
    if (member && !restoring_ && entry.time > pattern.last_expected) {
      pattern.last_expected = entry.time;
      mark(id);
    }
    const bool asked = pattern.episode || pattern.wait_for_end || std::holds_alternative<rules::SpikeBlock>(block);
    held = pattern.window.evict_front(context_.window_spec(pattern.rule), asked);
    if (std::holds_alternative<rules::SpikeBlock>(block) && held != Window::kNever) {
      held = day_end(held) <= pattern.last_event_hold ? day_end(held) : Window::kNever;
    }
  }
  release_value(id, entry);
  Record& record = records_.at(entry.record);
  record.patterns.erase(std::remove(record.patterns.begin(), record.patterns.end(), id), record.patterns.end());
  if (record.patterns.empty() && !record.plan) record.kept.reset();
  records_.release(entry.record);
  return held;
}

}  // namespace kentongan::engine
