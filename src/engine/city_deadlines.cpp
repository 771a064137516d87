// SPDX-License-Identifier: Apache-2.0
// Time passes: episodes end, escalations and reminders go out, conditions begin, levels fall, and what is
// too old is forgotten.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {
namespace {

/// An action on a closed alert is answered for so long; after that its id is unknown.
constexpr Duration kClosedAlertsKnown = std::chrono::days(366);

void keep_earlier(std::optional<TimePoint>& earliest, std::optional<TimePoint> candidate) {
  if (candidate && (!earliest || *candidate < *earliest)) earliest = candidate;
}

}  // namespace

void City::run_deadlines(TimePoint until) {
  while (!deadlines_.empty() && deadlines_.top().time <= until) {
    const TimePoint moment = deadlines_.top().time;
    clock_ = std::max(*clock_, moment);
    run_moment(moment);
  }
}

/// At one moment: episodes end, then escalations, then conditions begin, then levels change.
void City::run_moment(TimePoint moment) {
  std::vector<PatternId> patterns;
  std::vector<std::size_t> places;
  while (!deadlines_.empty() && deadlines_.top().time == moment) {
    const Deadline due = deadlines_.top();
    deadlines_.pop();
    if (due.kind == Deadline::Kind::place) {
      places.push_back(due.target);
      continue;
    }
    if (due.kind == Deadline::Kind::calendar) {
      gather_missed(RuleIndex{due.target}, patterns);
      continue;
    }
    Pattern& pattern = patterns_.at(due.target);
    if (!pattern.used || pattern.scheduled != due.time) continue;
    pattern.scheduled.reset();
    patterns.push_back(due.target);
  }
  std::sort(patterns.begin(), patterns.end(), [&](PatternId a, PatternId b) { return patterns_.before(a, b); });
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  for (const PatternId id : patterns) end_if_due(id, moment);
  for (const PatternId id : patterns) notify_if_due(id, moment);
  for (const PatternId id : patterns) begin_if_due(id, moment);
  if (!places.empty()) fall_if_due(places, moment);
  for (const PatternId id : patterns) {
    evict(id, moment);
    if (const auto forgotten = days_forgotten(patterns_.at(id)); forgotten && *forgotten <= moment) {
      settle_days(patterns_.at(id));
      mark(id);
    }
    schedule(id);
    free_if_idle(id);
  }
}

void City::end_if_due(PatternId id, TimePoint now) {
  Pattern& pattern = patterns_.at(id);
  if (pattern.holds_to && *pattern.holds_to <= now) {
    end_lasting(id, now, AlertStepKind::expired, {"past", "what it is about is over"});
  }
  const bool lasting = context_.lasting(pattern.rule);
  if (pattern.wait_for_end && !lasting && held_until(pattern) <= now) {
    pattern.wait_for_end = false;
    mark(id);
  }
  const bool level = std::holds_alternative<rules::LevelBlock>(context_.rule(pattern.rule).block);
  if (level && pattern.holding && !runs_at(pattern.rule, now)) {
    // The last day of its stages is over.
    pattern.holding = false;
    pattern.wait_for_end = false;
    pattern.last_event_hold = now;
    mark(id);
  }
  if (!pattern.episode) return;
  const rules::AlertSpec& alert = context_.rule(pattern.rule).alert;
  if (!pattern.holding && held_until(pattern) + alert.quiet_for <= now) {
    close(id, now, AlertStepKind::resolved,
          {"quiet", "the condition has not held for " + format_duration(alert.quiet_for)}, false, nullptr);
  } else if (pattern.episode->fired + alert.expires <= now) {
    pattern.closed_arrival = arrivals_;
    pattern.wait_for_end = pattern.holding || (!lasting && held_until(pattern) > now);
    close(id, now, AlertStepKind::expired, {"expired", "it has been open for " + format_duration(alert.expires)}, false,
          nullptr);
  }
}

void City::notify_if_due(PatternId id, TimePoint now) {
  Pattern& pattern = patterns_.at(id);
  if (!pattern.episode) return;
  Episode& episode = *pattern.episode;
  const rules::AlertSpec& alert = context_.rule(pattern.rule).alert;
  for (auto due = episode.next_escalation(alert); due && *due <= now; due = episode.next_escalation(alert)) {
    const rules::Escalation& tier = alert.escalate[static_cast<std::size_t>(episode.tier++)];
    write_step(id, now, AlertStepKind::escalated,
               {"unanswered", "nobody has acknowledged it within " + format_duration(tier.after)}, tier.to, nullptr);
  }
  for (auto due = episode.next_reminder(alert); due && *due <= now; due = episode.next_reminder(alert)) {
    ++episode.reminders;
    mark(id);
    if (episode.snoozed(now)) continue;
    write_step(id, now, AlertStepKind::reminded,
               {"still_open", "acknowledged, and still open after " + format_duration(*alert.remind_every)},
               episode.told, nullptr);
  }
}

void City::begin_if_due(PatternId id, TimePoint now) {
  Pattern& pattern = patterns_.at(id);
  const rules::Block& any = context_.rule(pattern.rule).block;
  // A deadline outside the stages of the rule is dropped.
  if (!runs_at(pattern.rule, now)) return;
  if (std::holds_alternative<rules::SequenceBlock>(any)) close_sequences(id, now);
  if (std::holds_alternative<rules::AbsenceBlock>(any)) look_at_absence(id, Begin::deadline, nullptr, kNoRecord);
  if (std::holds_alternative<rules::MemberAbsenceBlock>(any)) look_at_member(id, Begin::deadline, nullptr);
  const auto* block = std::get_if<rules::LevelBlock>(&any);
  if (block == nullptr || !pattern.entered || pattern.holding) return;
  if (*pattern.entered + block->hold_for <= now) {
    begin_level(id, now, false);
    mark(id);
  }
}

void City::fall_if_due(std::span<const std::size_t> places, TimePoint now) {
  std::vector<PlaceId> due;
  for (const std::size_t place : places) {
    if (places_[place].scheduled != now) continue;
    places_[place].scheduled.reset();
    due.push_back(global(place));
  }
  if (due.empty()) return;
  std::sort(due.begin(), due.end());
  due.erase(std::unique(due.begin(), due.end()), due.end());
  std::vector<PlaceId> areas;
  for (const PlaceId place : due) {
    // A kecamatan or the city that is due is looked at with any of its areas.
    const Place& info = context_.reference().place(place);
    areas.push_back(info.kind == PlaceKind::area ? place : info.areas.front());
  }
  std::sort(areas.begin(), areas.end());
  areas.erase(std::unique(areas.begin(), areas.end()), areas.end());
  // Within this moment risk events come first, then alerts.
  begin_outputs();
  look_at_areas(areas, Look::down, true);
  flush_outputs();
}

/// When a level rule whose level is reached begins to hold: at this moment, or when the next day of its stages begins.
std::optional<TimePoint> City::next_begin(const Pattern& pattern, TimePoint due) const {
  if (!context_.rule(pattern.rule).staged) return due;
  const TimePoint from = std::max(due, *clock_);
  const LocalDay day = zone().day_of(from);
  const auto next = context_.next_stage_day(pattern.rule, day);
  if (!next) return std::nullopt;
  return *next == day ? due : zone().moment(*next);
}

/// The next moment at which something of the pattern is due, or may be.
std::optional<TimePoint> City::next_due(const Pattern& pattern) const {
  std::optional<TimePoint> due;
  const rules::Rule& rule = context_.rule(pattern.rule);
  keep_earlier(due, pattern.holds_to);
  if (pattern.episode) {
    keep_earlier(due, pattern.episode->fired + rule.alert.expires);
    if (!pattern.holding) keep_earlier(due, held_until(pattern) + rule.alert.quiet_for);
    keep_earlier(due, pattern.episode->next_escalation(rule.alert));
    keep_earlier(due, pattern.episode->next_reminder(rule.alert));
  }
  if (const auto* level = std::get_if<rules::LevelBlock>(&rule.block)) {
    if (pattern.entered && !pattern.holding) keep_earlier(due, next_begin(pattern, *pattern.entered + level->hold_for));
    if (pattern.holding && rule.staged) {
      keep_earlier(due, zone().moment(context_.next_day_outside(pattern.rule, zone().day_of(*clock_))));
    }
  } else if (pattern.wait_for_end && !context_.lasting(pattern.rule)) {
    keep_earlier(due, held_until(pattern));
  }
  if (std::holds_alternative<rules::SequenceBlock>(rule.block)) keep_earlier(due, next_closing(pattern));
  if (std::holds_alternative<rules::AbsenceBlock>(rule.block)) keep_earlier(due, next_overdue(pattern));
  if (std::holds_alternative<rules::MemberAbsenceBlock>(rule.block)) keep_earlier(due, member_forgotten(pattern));
  if (std::holds_alternative<rules::SpikeBlock>(rule.block)) keep_earlier(due, days_forgotten(pattern));
  if (!pattern.window.empty()) {
    keep_earlier(due, context_.window_end(pattern.rule, pattern.window.front().time));
  }
  return due;
}

void City::schedule(PatternId id) {
  Pattern& pattern = patterns_.at(id);
  auto due = next_due(pattern);
  // Only a rule that was changed can find something due before the restore; it takes effect then.
  if (due) due = std::max(*due, restored_at_);
  if (!due || (pattern.scheduled && *pattern.scheduled <= *due)) return;
  pattern.scheduled = due;
  deadlines_.push({*due, Deadline::Kind::pattern, id});
}

void City::free_if_idle(PatternId id) {
  Pattern& pattern = patterns_.at(id);
  if (!pattern.used || pattern.episode || !pattern.window.empty() || pattern.entered || pattern.wait_for_end) return;
  if (pattern.holding || (pattern.days && !pattern.days->empty())) return;
  if (std::holds_alternative<rules::MemberAbsenceBlock>(context_.rule(pattern.rule).block) && member_needed(pattern))
    return;
  // What held before still matters for an alert that a correction could bring into question: none is open.
  if (pattern.saved) freed_patterns_.push_back(state_key(pattern));
  patterns_.free(id);
}

/// An event that belongs to a report too old to be corrected may lead to a correction that stands for itself
/// under its id (target_of). That one goes on to be found by it until it is forgotten too.
void City::hand_on_key(RecordId forgotten) {
  const RecordId apart = records_.at(forgotten).root;
  if (apart == kNoRecord) return;
  const Record& record = records_.at(apart);
  if (record.accepted || *clock_ - record.seen > context_.options().dedupe) return;
  if (records_.pass_key(forgotten, apart)) put(apart);
}

void City::forget() {
  const TimePoint now = *clock_;
  const Duration dedupe = context_.options().dedupe;
  while (!memory_.empty() && now - memory_.front().seen > dedupe) {
    const auto [id, seen] = memory_.front();
    memory_.pop_front();
    constexpr std::size_t kAhead = 4;  // of the events that come next
    if (memory_.size() > kAhead) records_.fetch(memory_[kAhead].record);
    if (records_.at(id).seen == seen) {
      settle(id);
      records_.forget_key(id);
      hand_on_key(id);
    }
    records_.release(id);
  }
  forget_campaigns();
  while (!settled_voices_.empty() && now - settled_voices_.front().time > dedupe + context_.rules().risk.voice_within) {
    const SettledVoice& voice = settled_voices_.front();
    voice_.prune(voice.area, voice.reporter, now - dedupe - context_.rules().risk.voice_within);
    texts_.release(voice.reporter);
    settled_voices_.pop_front();
  }
  custody_.forget(now);
  campaign_starts_.forget(now);
  while (!closed_order_.empty() && now - closed_order_.front().first > kClosedAlertsKnown) {
    closed_alerts_.erase(closed_order_.front().second);
    if (context_.options().durable) forgotten_closed_.push_back(std::move(closed_order_.front().second));
    closed_order_.pop_front();
  }
}

/// The event can no longer be corrected: what it did stays for good.
void City::settle(RecordId id) {
  Record& record = records_.at(id);
  if (!record.stands || record.settled) return;
  record.settled = true;
  if (!record.is_report) return;
  if (context_.voice_on() && record.reporter != 0) {
    voice_.settle(id);
    settled_voices_.push_back({record.time, record.area, texts_.acquire(record.reporter)});
  }
  ledger_.settle(id, *clock_);
}

}  // namespace kentongan::engine
