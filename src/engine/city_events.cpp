// SPDX-License-Identifier: Apache-2.0
// An event comes: clock, duplicates, lateness, what kind it is.
#include <fmt/format.h>

#include <algorithm>

#include "engine/city.hpp"

namespace kentongan::engine {

City::City(const Context& context, rules::Evaluator& evaluator, PlaceId id)
    : context_(context),
      evaluator_(evaluator),
      id_(id),
      voice_(records_, context.rules().risk.voice_within, Context::most_rank(context.rules().risk.voice_factor)),
      ledger_(context, records_, id),
      patterns_(context.reference()) {
  const auto& places = context.reference().places;
  std::size_t end = id.value();
  while (end < places.size() && places[end].city == id) ++end;
  places_.resize(end - id.value());
}

Judged City::apply(const Event& event, bool ahead, Effects& effects) {
  effects_ = &effects;
  if (auto judged = judge(event, ahead)) return *std::move(judged);
  const bool late = clock_ && *clock_ - event.time > context_.options().lateness;
  move_clock(event.time);
  if (const auto* action = std::get_if<Action>(&event.data)) {
    // Its alert may have begun at a deadline that only this event's time brought about.
    if (!knows_alert(action->alert)) return unknown_alert(event, *action);
    if (is_duplicate(event)) return {Verdict::duplicate, std::nullopt};
  }
  effects.caused_from = effects.outputs.size();
  begin_outputs();
  apply_accepted(event, late);
  flush_outputs();
  situation_ = {};
  return {late ? Verdict::late : Verdict::applied, std::nullopt};
}

/// What can be said before the clock moves; none: go on.
std::optional<Judged> City::judge(const Event& event, bool ahead) {
  const auto* action = std::get_if<Action>(&event.data);
  const bool known = action == nullptr || knows_alert(action->alert);
  const bool too_old = clock_ && *clock_ - event.time > context_.options().dedupe;
  const bool moves_clock = clock_ && event.time > *clock_ && !ahead;
  if (!known && !moves_clock) {
    return unknown_alert(event, *action);
  }
  if (too_old) {
    return reject(RejectReason::too_old, event, "/time",
                  fmt::format("the event is more than {} behind its city's clock, which stands at {}",
                              format_duration(context_.options().dedupe),
                              format_rfc3339(*clock_, context_.reference().place(id_).zone->offset_at(*clock_))));
  }
  if (ahead) {
    return reject(RejectReason::future, event, "/time",
                  fmt::format("the event is more than {} ahead of the clock; check the sender's clock",
                              format_duration(context_.options().future_tolerance)));
  }
  if (known && is_duplicate(event)) return Judged{Verdict::duplicate, std::nullopt};
  return std::nullopt;
}

Judged City::unknown_alert(const Event& event, const Action& action) const {
  return reject(RejectReason::unknown_alert, event, "/data/alert",
                fmt::format("no alert \"{}\" is known; take the id from the alert as it was sent", action.alert));
}

Judged City::reject(RejectReason reason, const Event& event, std::string pointer, std::string message) const {
  return {Verdict::dead_letter,
          Rejection{reason, std::move(pointer), std::move(message), event.time, id_, event.type()}};
}

bool City::is_duplicate(const Event& event) const {
  if (context_.options().dedupe.count() == 0) return false;
  const RecordId id = records_.find(event.source, event.id);
  if (id == kNoRecord || !clock_) return false;
  const Record& record = records_.at(id);
  return record.accepted && *clock_ - record.seen <= context_.options().dedupe;
}

void City::start(TimePoint now) {
  if (clock_) return;
  clock_ = now;
  schedule_calendar(now);
}

void City::advance(TimePoint now, Effects& effects) {
  effects_ = &effects;
  move_clock(now);
}

void City::move_clock(TimePoint now) {
  if (clock_ && now < *clock_) return;
  // At the clock itself too: the last event may have brought about what is due at once.
  if (!clock_) start(now);
  run_deadlines(now);
  clock_ = now;
  forget();
}

void City::apply_accepted(const Event& event, bool late) {
  if (const auto* report = std::get_if<Report>(&event.data)) {
    if (report->corrects) {
      apply_correction(event, *report, late);
    } else {
      apply_report(event, *report, late);
    }
    return;
  }
  part_from_awaited(event);
  const RecordId id = remember(event, *clock_);
  Record& record = records_.at(id);
  record.time = event.time;
  record.late = late;
  record.stands = true;
  record.ever_effective = true;
  record.area = place_of(event, context_.reference());
  match(event, event.time);
  apply_conditions(id, event, late, {});
  if (event.type() == EventType::campaign) plan(id, event);
  if (event.type() == EventType::consignment && !late) see_consignment(event);
  if (const auto* action = std::get_if<Action>(&event.data)) apply_action(event, *action);
  put(id);
}

/// Where a correction awaits a report under this key, and what came is none: the correction goes on to stand
/// without the key.
void City::part_from_awaited(const Event& event) {
  const RecordId awaited = records_.find(event.source, event.id);
  if (awaited == kNoRecord || records_.at(awaited).accepted) return;
  records_.forget_key(awaited);
  put(awaited);
}

/// The record under the event's key, accepted at this clock; remembered until `dedupe` has passed.
RecordId City::remember(const Event& event, TimePoint seen) {
  RecordId id = records_.find(event.source, event.id);
  if (id != kNoRecord && records_.at(id).accepted) {
    // So old that it is no duplicate any more.
    records_.forget_key(id);
    id = kNoRecord;
  }
  if (id == kNoRecord) {
    id = records_.create(event.source, event.id);
    records_.at(id).area = id_;  // until something of it stands
  } else {
    records_.use(id);
  }
  Record& record = records_.at(id);
  record.accepted = true;
  record.seen = seen;
  memory_.push_back({id, seen});
  return id;
}

void City::begin_outputs() { in_event_ = true; }

void City::emit(Output output) {
  const bool risk = std::holds_alternative<RiskChange>(output.data);
  if (risk) output.id = fmt::format("{}-risk-{}", code(), ++outputs_);
  output.city = id_;
  if (!in_event_) {
    effects_->outputs.push_back(std::move(output));
  } else {
    (risk ? risk_outputs_ : alert_outputs_).push_back(std::move(output));
  }
}

/// Within one event: risk first, then alerts by rule and scope.
void City::flush_outputs() {
  in_event_ = false;
  if (risk_outputs_.empty() && alert_outputs_.empty()) return;
  const auto key = [](const Output& output) {
    const auto& step = std::get<AlertStep>(output.data);
    return std::pair<std::string_view, std::string_view>(step.rule, step.scope.key);
  };
  std::stable_sort(alert_outputs_.begin(), alert_outputs_.end(),
                   [&](const Output& a, const Output& b) { return key(a) < key(b); });
  for (auto* outputs : {&risk_outputs_, &alert_outputs_}) {
    std::move(outputs->begin(), outputs->end(), std::back_inserter(effects_->outputs));
    outputs->clear();
  }
}

}  // namespace kentongan::engine
