// SPDX-License-Identifier: Apache-2.0
#include "rules/duty_week.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace kentongan::rules {
namespace {

using said::say;
using said::Text;
using said::TextView;

constexpr std::size_t kDays = 7;
constexpr auto kDay = static_cast<std::size_t>(duty::kMinutesOfDay);

bool begins_on(const duty::Shift& shift, const std::string& kind) {
  if (std::ranges::find(shift.except, kind) != shift.except.end()) return false;
  return shift.only.empty() || std::ranges::find(shift.only, kind) != shift.only.end();
}

std::string clock_text(std::size_t minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

/// "00:00-07:00, 19:00-24:00"; empty: none of the day.
std::string day_text(const WeekMinutes& minutes, std::size_t day) {
  std::string text;
  for (std::size_t at = 0; at < kDay;) {
    if (!minutes[day * kDay + at]) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < kDay && minutes[day * kDay + end]) ++end;
    text += fmt::format("{}{}-{}", text.empty() ? "" : ", ", clock_text(at), clock_text(end));
    at = end;
  }
  return text;
}

void append(Text& list, TextView text, std::string_view separator) {
  for (auto [whole, part] : {std::pair(&list.en, text.en), std::pair(&list.id, text.id)}) {
    if (!whole->empty()) *whole += separator;
    *whole += part;
  }
}

}  // namespace

WeekMinutes week_of(const duty::Person& person, const std::string& kind) {
  WeekMinutes minutes;
  if (person.duty.empty()) return minutes.set();
  for (const duty::Shift& shift : person.duty) {
    if (!begins_on(shift, kind)) continue;
    for (std::size_t day = 0; day < kDays; ++day) {
      if ((shift.days >> day & 1) == 0) continue;
      const auto from = static_cast<std::size_t>(shift.hours.from);
      const auto to = static_cast<std::size_t>(shift.hours.to) + (shift.hours.over_midnight() ? kDay : 0);
      for (std::size_t at = from; at < to; ++at) minutes.set((day * kDay + at) % minutes.size());
    }
  }
  return minutes;
}

Text hours_said(const WeekMinutes& minutes) {
  static constexpr std::array<TextView, kDays> kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  std::vector<std::pair<std::string, std::vector<std::size_t>>> groups;
  for (std::size_t day = 0; day < kDays; ++day) {
    const std::string text = day_text(minutes, day);
    if (text.empty()) continue;
    const auto same = std::ranges::find_if(groups, [&](const auto& group) { return group.first == text; });
    if (same == groups.end()) {
      groups.push_back({text, {day}});
    } else {
      same->second.push_back(day);
    }
  }
  Text all;
  for (const auto& [hours, days] : groups) {
    Text names;
    for (const std::size_t day : days) append(names, kNames[day], ", ");
    const Text when = days.size() == kDays ? Text(TextView("every day")) : names;
    append(all, say("{} {}", when, hours), "; ");
  }
  return all;
}

}  // namespace kentongan::rules
