// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace kentongan::engine {
namespace {

struct ElectionDays {
  LocalDay first = LocalDay::max();
  LocalDay last = LocalDay::min();
};

std::map<std::string, ElectionDays> elections_of(const Reference& reference) {
  std::map<std::string, ElectionDays> elections;
  for (const Stage& stage : reference.stages) {
    ElectionDays& days = elections[stage.election];
    days.first = std::min(days.first, stage.first_day);
    days.last = std::max(days.last, stage.last_day);
  }
  return elections;
}

const Stage* stage_of(const Reference& reference, const std::string& election, const std::string& name) {
  const Stage* first = nullptr;
  for (const Stage& stage : reference.stages) {
    if (stage.election != election || stage.name != name) continue;
    if (first == nullptr || stage.first_day < first->first_day) first = &stage;
  }
  return first;
}

TimePoint moment_of(const rules::CalendarMoment& moment, const Stage& stage, const LocalZone& zone) {
  return zone.moment(stage.first_day + std::chrono::days(moment.days), moment.since_midnight);
}

/// The end of the election that ended last before this day.
std::optional<TimePoint> end_before(LocalDay day, const std::map<std::string, ElectionDays>& elections,
                                    const LocalZone& zone) {
  std::optional<LocalDay> last;
  for (const auto& [name, days] : elections) {
    if (days.last < day && (!last || days.last > *last)) last = days.last;
  }
  return last ? std::optional(zone.moment(*last + std::chrono::days(1))) : std::nullopt;
}

}  // namespace

std::vector<WaitingTime> waiting_times(const rules::MemberAbsenceBlock& block, const Reference& reference,
                                       const LocalZone& zone) {
  std::vector<WaitingTime> times;
  const auto elections = elections_of(reference);
  for (const auto& [election, days] : elections) {
    const Stage* by_stage = stage_of(reference, election, block.by.stage);
    if (by_stage == nullptr) continue;
    WaitingTime time;
    time.by = moment_of(block.by, *by_stage, zone);
    const LocalDay last_day = std::max(by_stage->last_day, zone.day_of(time.by));
    time.end = zone.moment(last_day + std::chrono::days(1));
    const Stage* since_stage = block.since ? stage_of(reference, election, block.since->stage) : nullptr;
    time.since =
        since_stage != nullptr ? moment_of(*block.since, *since_stage, zone) : end_before(days.first, elections, zone);
    times.push_back(time);
  }
  std::sort(times.begin(), times.end(), [](const WaitingTime& a, const WaitingTime& b) { return a.by < b.by; });
  return times;
}

}  // namespace kentongan::engine
