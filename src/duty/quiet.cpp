// SPDX-License-Identifier: Apache-2.0
#include "duty/quiet.hpp"

#include "duty/on_duty.hpp"

namespace kentongan::duty {
namespace {

/// The first moment behind `now` at which the clock of the zone shows this minute of the day.
TimePoint next_minute(TimePoint now, int minute, const LocalZone& zone) {
  const LocalDay today = local_moment(now, zone).day;
  for (int days = 0;; ++days) {
    const TimePoint at = zone.moment(today + std::chrono::days(days), std::chrono::minutes(minute));
    if (at > now) return at;
  }
}

}  // namespace

bool is_quiet(const Person& person, TimePoint now, const LocalZone& zone) {
  return person.quiet_hours && person.quiet_hours->contains(local_moment(now, zone).minute);
}

TimePoint digest_due(const Person& person, TimePoint now, const LocalZone& zone) {
  const TimePoint end = next_minute(now, person.quiet_hours->to % kMinutesOfDay, zone);
  if (!person.digest || person.quiet_hours->contains(*person.digest)) return end;
  return next_minute(end - Duration(1), *person.digest, zone);
}

}  // namespace kentongan::duty
