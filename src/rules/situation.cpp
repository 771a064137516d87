// SPDX-License-Identifier: Apache-2.0
#include "rules/situation.hpp"

#include <algorithm>

#include "domain/fields.hpp"

namespace kentongan::rules {

namespace {

using cel::Value;

Value text(const std::string& value) { return Value::string(value); }

Value maybe(const std::optional<std::int64_t>& number) { return number ? Value::integer(*number) : Value::missing(); }

}  // namespace

cel::Value to_value(TimePoint time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::nanoseconds(time - seconds).count();
  return Value::timestamp({seconds.time_since_epoch().count(), static_cast<std::uint32_t>(rest)});
}

TimePoint to_time(cel::Timestamp time) {
  return TimePoint(std::chrono::seconds(time.seconds) + std::chrono::milliseconds(time.nanoseconds / 1'000'000));
}

const Stage* running_stage(const Reference& reference, LocalDay day) {
  const Stage* running = nullptr;
  for (const Stage& stage : reference.stages) {
    if (day < stage.first_day || day > stage.last_day) continue;
    const bool later = running == nullptr || stage.first_day > running->first_day ||
                       (stage.first_day == running->first_day && stage.last_day < running->last_day);
    if (later) running = &stage;
  }
  return running;
}

const Event* SituationActivation::event_of(SlotGroup group) const {
  switch (group) {
    case SlotGroup::event:
      return situation_->event;
    case SlotGroup::previous:
      return situation_->previous;
    case SlotGroup::first:
      return situation_->first;
    case SlotGroup::a:
      return situation_->a;
    case SlotGroup::b:
      return situation_->b;
    case SlotGroup::name:
      break;
  }
  return nullptr;
}

Value SituationActivation::load(cel::SlotId slot) const {
  const SlotGroup group = group_of(slot);
  return group == SlotGroup::name ? of_name(static_cast<Name>(number_of(slot))) : of_event(group, number_of(slot));
}

bool SituationActivation::is_present(cel::SlotId slot) const {
  const bool risk = slot.value == slot_of(Name::area_risk).value || slot.value == slot_of(Name::area_level).value;
  return risk ? situation_->risks != nullptr : !load(slot).is_missing();
}

Value SituationActivation::of_event(SlotGroup group, std::uint8_t number) const {
  const Event* event = event_of(group);
  if (event == nullptr) return Value::missing();
  if (number == kTimeOfEvent) return to_value(event->time);
  const FieldValue value = field_value(*event, static_cast<FieldId>(number), *reference_);
  switch (value.kind) {
    case FieldValue::Kind::missing:
      break;
    case FieldValue::Kind::boolean:
      return Value::boolean(value.boolean);
    case FieldValue::Kind::integer:
      return Value::integer(value.integer);
    case FieldValue::Kind::number:
      return Value::real(value.number);
    case FieldValue::Kind::text:
      return Value::string(value.text);
    case FieldValue::Kind::time:
      return to_value(value.time);
    case FieldValue::Kind::texts: {
      std::vector<Value>& list = lists_[static_cast<std::size_t>(group)];
      list.clear();
      for (const PlaceId place : value.places) list.push_back(text(reference_->place(place).code));
      return Value::list(list);
    }
  }
  return Value::missing();
}

Value SituationActivation::of_name(Name name) const {
  const Place& place = reference_->place(situation_->place);
  const auto district = [&] { return reference_->district_of(situation_->place); };
  switch (name) {
    case Name::now:
      return to_value(situation_->now);
    case Name::time:
      return situation_->event == nullptr ? Value::missing() : to_value(situation_->time);
    case Name::area_code:
      return text(place.code);
    case Name::area_name:
      return text(place.name);
    case Name::area_risk:
      return situation_->risks == nullptr ? Value::missing() : Value::real(situation_->risks->score(situation_->place));
    case Name::area_level:
      return situation_->risks == nullptr ? Value::missing()
                                          : Value::string(name_of(situation_->risks->level(situation_->place)));
    case Name::area_lat:
      return Value::real(place.point.lat);
    case Name::area_lon:
      return Value::real(place.point.lon);
    case Name::district_code:
      return district() ? text(reference_->place(*district()).code) : Value::missing();
    case Name::district_name:
      return district() ? text(reference_->place(*district()).name) : Value::missing();
    case Name::city_code:
      return text(reference_->place(place.city).code);
    case Name::stage_name:
    case Name::stage_day:
    case Name::stage_days_left:
      return of_stage(name);
    case Name::tps_known:
      return tps_known();
    case Name::count:
      return maybe(situation_->count);
    case Name::distinct:
      return maybe(situation_->distinct);
    case Name::level:
      return situation_->level ? Value::string(name_of(*situation_->level)) : Value::missing();
    case Name::scope_kind:
      return situation_->scope_kind.empty() ? Value::missing() : Value::string(situation_->scope_kind);
    case Name::scope_key:
      return situation_->scope_key.empty() ? Value::missing() : Value::string(situation_->scope_key);
    case Name::cause_category:
    case Name::cause_rule:
    case Name::cause_id:
    case Name::cause_en:
      return of_cause(name);
  }
  return Value::missing();
}

Value SituationActivation::of_cause(Name name) const {
  if (situation_->cause == nullptr) return Value::missing();
  const Cause& cause = *situation_->cause;
  if (name == Name::cause_category) return text(cause.category);
  if (name == Name::cause_rule) return text(cause.rule);
  return text(name == Name::cause_id ? cause.titles.id : cause.titles.en);
}

Value SituationActivation::of_stage(Name name) const {
  const LocalDay day = zone().day_of(situation_->time);
  const Stage* running = running_stage(*reference_, day);
  if (running == nullptr) return Value::missing();
  if (name == Name::stage_name) return text(running->name);
  return Value::integer(name == Name::stage_day ? (day - running->first_day).count() + 1
                                                : (running->last_day - day).count());
}

/// Is the polling station that the event names in the reference data? Missing where it names none.
Value SituationActivation::tps_known() const {
  if (situation_->event == nullptr) return Value::missing();
  const Event& event = *situation_->event;
  const auto known = [&](PlaceId area, const std::optional<std::string_view>& tps) {
    if (!tps) return Value::missing();
    const auto stations = reference_->polling_stations.find(area);
    return Value::boolean(stations != reference_->polling_stations.end() &&
                          std::any_of(stations->second.begin(), stations->second.end(),
                                      [&](const PollingStation& station) { return station.tps == *tps; }));
  };
  if (const auto* report = event.report()) return known(report->area, report->tps);
  if (const auto* readiness = std::get_if<Readiness>(&event.data)) return known(readiness->area, readiness->tps);
  if (const auto* consignment = std::get_if<Consignment>(&event.data))
    return known(consignment->area, consignment->tps);
  return Value::missing();
}

}  // namespace kentongan::rules
