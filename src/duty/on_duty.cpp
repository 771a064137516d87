// SPDX-License-Identifier: Apache-2.0
#include "duty/on_duty.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace kentongan::duty {
namespace {

/// Substitutes of substitutes are followed so far; further on, and in a circle, the last person is meant.
constexpr int kMostSubstitutes = 8;

bool is_weekday(LocalDay day, std::uint8_t days) {
  const unsigned monday_first = std::chrono::weekday(day).iso_encoding() - 1;
  return (days >> monday_first & 1U) != 0;
}

bool begins_on(const Shift& shift, LocalDay day, const Reference& reference) {
  if (!is_weekday(day, shift.days)) return false;
  if (shift.only.empty() && shift.except.empty()) return true;
  const auto kinds = kinds_of(day, reference);
  const auto is_kind = [&](const std::string& kind) { return std::ranges::find(kinds, kind) != kinds.end(); };
  if (std::ranges::any_of(shift.except, is_kind)) return false;
  return shift.only.empty() || std::ranges::any_of(shift.only, is_kind);
}

/// The day on which the shift began that covers the moment.
std::optional<LocalDay> began_on(const Shift& shift, const LocalMoment& moment, const Reference& reference) {
  const Hours& hours = shift.hours;
  const bool today = moment.minute >= hours.from && (hours.over_midnight() || moment.minute < hours.to);
  if (today && begins_on(shift, moment.day, reference)) return moment.day;
  const LocalDay before = moment.day - std::chrono::days(1);
  if (hours.over_midnight() && moment.minute < hours.to && begins_on(shift, before, reference)) return before;
  return std::nullopt;
}

const Person& who_stands_in(const Roster& roster, const Person& person, LocalDay day) {
  const Person* at = &person;
  for (int i = 0; i < kMostSubstitutes; ++i) {
    const auto stands_in = [&](const Substitute& substitute) { return substitute.from <= day && day <= substitute.to; };
    const auto found = std::ranges::find_if(at->substitutes, stands_in);
    if (found == at->substitutes.end()) return *at;
    const Person* by = roster.find(found->by);
    if (by == nullptr || by == &person) return *at;
    at = by;
  }
  return *at;
}

void add(std::vector<OnDuty>& found, const OnDuty& one) {
  const auto same = std::ranges::find(found, one.person, &OnDuty::person);
  if (same == found.end()) {
    found.push_back(one);
  } else if (one.instead_of == nullptr) {
    same->instead_of = nullptr;
  }
}

bool has_role(const Person& person, std::string_view role) {
  return std::ranges::find(person.roles, role) != person.roles.end();
}

std::vector<OnDuty> reachable(std::vector<OnDuty> people) {
  std::erase_if(people, [](const OnDuty& one) { return one.person->channels.empty(); });
  return people;
}

}  // namespace

LocalMoment local_moment(TimePoint time, const LocalZone& zone) {
  const auto local = time + zone.offset_at(time);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minute = std::chrono::floor<std::chrono::minutes>(local - day);
  return {LocalDay(day.time_since_epoch()), static_cast<int>(minute.count())};
}

std::vector<std::string_view> kinds_of(LocalDay day, const Reference& reference) {
  std::vector<std::string_view> kinds;
  for (const SpecialDay& special : reference.days) {
    if (special.day == day) kinds.emplace_back(special.kind);
  }
  for (const Stage& stage : reference.stages) {
    if (stage.first_day <= day && day <= stage.last_day) kinds.emplace_back(stage.name);
  }
  return kinds;
}

bool is_on_duty(const Person& person, const LocalMoment& moment, const Reference& reference, LocalDay* began) {
  if (began != nullptr) *began = moment.day;
  if (person.duty.empty()) return true;
  for (const Shift& shift : person.duty) {
    const auto day = began_on(shift, moment, reference);
    if (!day) continue;
    if (began != nullptr) *began = *day;
    return true;
  }
  return false;
}

Reach reach_of(const Person& person, std::string_view area) {
  if (person.areas.empty()) return Reach::holds;
  const auto within = [](std::string_view outer, std::string_view inner) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
  };
  Reach reach = Reach::none;
  for (const std::string& own : person.areas) {
    if (within(own, area)) return Reach::holds;
    if (within(area, own)) reach = Reach::inside;
  }
  return reach;
}

std::vector<OnDuty> on_duty(const Roster& roster, const Reference& reference, std::string_view role,
                            std::string_view area, TimePoint time) {
  const LocalMoment moment = local_moment(time, zone_of(area, reference));
  std::vector<OnDuty> holding;
  std::vector<OnDuty> inside;
  for (const Person& person : roster.people) {
    if (!has_role(person, role)) continue;
    const Reach reach = reach_of(person, area);
    LocalDay began;
    if (reach == Reach::none || !is_on_duty(person, moment, reference, &began)) continue;
    const Person& told = who_stands_in(roster, person, began);
    add(reach == Reach::holds ? holding : inside, {&told, &told == &person ? nullptr : &person, role});
  }
  return holding.empty() ? inside : holding;
}

std::vector<OnDuty> on_duty_or_fallback(const Roster& roster, const Reference& reference, std::string_view role,
                                        std::string_view area, TimePoint time) {
  auto found = reachable(on_duty(roster, reference, role, area, time));
  if (const auto fallback = roster.fallback.find(std::string(role)); fallback != roster.fallback.end()) {
    for (const std::string& next : fallback->second) {
      if (!found.empty()) return found;
      found = reachable(on_duty(roster, reference, next, area, time));
    }
  }
  if (found.empty()) found = reachable(on_duty(roster, reference, kLastRole, area, time));
  return found;
}

const LocalZone& zone_of(std::string_view area, const Reference& reference) {
  static const LocalZone utc;
  const auto place = reference.find_place(area);
  if (!place) return utc;
  const auto& zone = reference.place(reference.place(*place).city).zone;
  return zone == nullptr ? utc : *zone;
}

}  // namespace kentongan::duty
