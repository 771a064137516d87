// SPDX-License-Identifier: Apache-2.0
// Functions of expressions that ask the calendar, local time and the map.
#include <algorithm>

#include "domain/geo.hpp"
#include "rules/expression_names.hpp"
#include "rules/situation.hpp"

namespace kentongan::rules {

namespace {

using cel::CallContext;
using cel::EvalErrorKind;
using cel::TypeKind;
using cel::Value;

/// All expressions of rules are evaluated over a situation.
const SituationActivation& situation_of(const CallContext& call) {
  return static_cast<const SituationActivation&>(call.activation);
}

LocalDay day_of(const CallContext& call, std::size_t argument) {
  return situation_of(call).zone().day_of(to_time(call.argument(argument).as_timestamp()));
}

Value stage_on(CallContext& call) {
  const Stage* stage = running_stage(situation_of(call).reference(), day_of(call, 0));
  return stage == nullptr ? call.error(EvalErrorKind::host, "stage_on: no stage runs on that day")
                          : Value::string(stage->name);
}

Value day_is(CallContext& call) {
  const LocalDay day = day_of(call, 0);
  const auto& days = situation_of(call).reference().days;
  return Value::boolean(std::any_of(days.begin(), days.end(), [&](const SpecialDay& special) {
    return special.day == day && special.kind == call.argument(1).as_text();
  }));
}

bool is_weekday(LocalDay day) {
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

/// Mondays to Fridays among the days before this one, since a fixed Monday.
std::int64_t weekdays_before(LocalDay day) {
  constexpr std::int64_t kMonday = -3;  // 1969-12-29
  const std::int64_t days = day.time_since_epoch().count() - kMonday;
  const std::int64_t weeks = days >= 0 ? days / 7 : -((6 - days) / 7);
  return weeks * 5 + std::min<std::int64_t>(days - weeks * 7, 5);
}

Value working_days(CallContext& call) {
  const LocalDay first = day_of(call, 0) + std::chrono::days(1);
  const LocalDay end = day_of(call, 1) + std::chrono::days(1);
  if (end <= first) return Value::integer(0);
  std::int64_t count = weekdays_before(end) - weekdays_before(first);
  const auto& days = situation_of(call).reference().days;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const SpecialDay& special = days[i];
    if (special.kind != "holiday" || special.day < first || special.day >= end || !is_weekday(special.day)) continue;
    const bool counted =
        std::any_of(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const auto& other) { return other.kind == "holiday" && other.day == special.day; });
    if (!counted) --count;
  }
  return Value::integer(count);
}

Value days_until(CallContext& call) {
  const SituationActivation& here = situation_of(call);
  const LocalDay today = here.zone().day_of(here.situation().time);
  const Stage* next = nullptr;
  for (const Stage& stage : here.reference().stages) {
    if (stage.name != call.argument(0).as_text() || stage.first_day < today) continue;
    if (next == nullptr || stage.first_day < next->first_day) next = &stage;
  }
  return next == nullptr ? call.error(EvalErrorKind::host, "days_until: no such stage is to come")
                         : Value::integer((next->first_day - today).count());
}

/// The time since local midnight.
Duration time_of_day(const CallContext& call) {
  const TimePoint time = to_time(call.argument(0).as_timestamp());
  const auto local = time + situation_of(call).zone().offset_at(time);
  return local - std::chrono::floor<std::chrono::days>(local);
}

Value local_hour(CallContext& call) { return Value::integer(time_of_day(call) / std::chrono::hours(1)); }

Value local_weekday(CallContext& call) { return Value::integer(std::chrono::weekday(day_of(call, 0)).c_encoding()); }

Value local_date(CallContext& call) { return call.make_string(format_day(day_of(call, 0))); }

Value distance_between(CallContext& call) {
  const auto at = [&](std::size_t i) { return call.argument(i).as_real(); };
  return Value::real(distance(GeoPoint{at(0), at(1)}, GeoPoint{at(2), at(3)}));
}

/// What people call the place; the code itself where the reference data know no such place.
Value place_name(CallContext& call) {
  const Reference& reference = situation_of(call).reference();
  const auto place = reference.find_place(call.argument(0).as_text());
  return place ? Value::string(reference.place(*place).name) : call.argument(0);
}

}  // namespace

void add_functions(cel::Environment& environment) {
  const auto add = [&](std::string_view name, std::vector<cel::Type> parameters, cel::Type result,
                       Value (*call)(CallContext&)) {
    environment.add_function(name, {cel::CallStyle::global, std::move(parameters), std::move(result), false}, call);
  };
  const cel::Type time = TypeKind::timestamp;
  const cel::Type real = TypeKind::real;
  add("stage_on", {time}, TypeKind::string, stage_on);
  add("day_is", {time, TypeKind::string}, TypeKind::boolean, day_is);
  add("working_days", {time, time}, TypeKind::integer, working_days);
  add("days_until", {TypeKind::string}, TypeKind::integer, days_until);
  add("local_hour", {time}, TypeKind::integer, local_hour);
  add("local_weekday", {time}, TypeKind::integer, local_weekday);
  add("local_date", {time}, TypeKind::string, local_date);
  add("place_name", {TypeKind::string}, TypeKind::string, place_name);
  add("distance", {real, real, real, real}, TypeKind::real, distance_between);
}

}  // namespace kentongan::rules
