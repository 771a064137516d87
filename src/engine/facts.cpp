// SPDX-License-Identifier: Apache-2.0
#include "engine/facts.hpp"

#include <algorithm>

namespace kentongan::engine {
namespace {

FieldValue text(const std::string& value) { return FieldValue::of(std::string_view(value)); }

}  // namespace

FieldValue AlertFacts::value(FieldId field) const {
  return event_ == nullptr ? FieldValue{} : field_value(*event_, field, reference_);
}

FieldValue AlertFacts::value(rules::AlertName name) const {
  using rules::AlertName;
  const Place& place = reference_.place(place_);
  const auto district = reference_.district_of(place_);
  switch (name) {
    case AlertName::area_name:
      return text(place.name);
    case AlertName::area_code:
      return text(place.code);
    case AlertName::area_level:
    case AlertName::level:
      return FieldValue::of(name_of(level));
    case AlertName::area_risk:
      return FieldValue::of(score);
    case AlertName::district_name:
      return district ? text(reference_.place(*district).name) : FieldValue{};
    case AlertName::district_code:
      return district ? text(reference_.place(*district).code) : FieldValue{};
    case AlertName::city_code:
      return text(reference_.place(place.city).code);
    case AlertName::count:
      return FieldValue::of(size.count);
    case AlertName::distinct:
      return FieldValue::of(size.distinct);
    case AlertName::now:
      return FieldValue::of(now_);
    case AlertName::stage_name:
    case AlertName::stage_day:
    case AlertName::stage_days_left:
      return stage_value(name);
    case AlertName::site_kind:
    case AlertName::site_name:
      return site_value(name);
  }
  return {};
}

/// The stage running at the event's time that began last, of two the shorter.
FieldValue AlertFacts::stage_value(rules::AlertName name) const {
  const LocalDay day = zone().day_of(event_ == nullptr ? now_ : event_->time);
  const Stage* running = nullptr;
  for (const Stage& stage : reference_.stages) {
    if (day < stage.first_day || day > stage.last_day) continue;
    const bool later = running == nullptr || stage.first_day > running->first_day ||
                       (stage.first_day == running->first_day && stage.last_day < running->last_day);
    if (later) running = &stage;
  }
  if (running == nullptr) return {};
  if (name == rules::AlertName::stage_name) return text(running->name);
  const auto days =
      name == rules::AlertName::stage_day ? (day - running->first_day).count() + 1 : (running->last_day - day).count();
  return FieldValue::of(static_cast<std::int64_t>(days));
}

FieldValue AlertFacts::site_value(rules::AlertName name) const {
  const Report* report = event_ == nullptr ? nullptr : event_->report();
  if (report == nullptr || !report->site) return {};
  const auto site = std::find_if(reference_.sites.begin(), reference_.sites.end(),
                                 [&](const Site& candidate) { return candidate.id == *report->site; });
  if (site == reference_.sites.end()) return {};
  return text(name == rules::AlertName::site_kind ? site->kind : site->name);
}

}  // namespace kentongan::engine
