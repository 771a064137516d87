// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "domain/reference.hpp"
#include "duty/roster.hpp"

namespace kentongan::duty {

/// A moment of the local calendar of a city.
struct LocalMoment {
  LocalDay day;
  int minute = 0;
};
[[nodiscard]] LocalMoment local_moment(TimePoint time, const LocalZone& zone);

/// The kinds of a day: those of days.csv, and the names of the stages of the calendar that run on it.
[[nodiscard]] std::vector<std::string_view> kinds_of(LocalDay day, const Reference& reference);

/// Whether one of the person's own duty times covers the moment, substitutes aside; `began`: the day on which it began.
[[nodiscard]] bool is_on_duty(const Person& person, const LocalMoment& moment, const Reference& reference,
                              LocalDay* began = nullptr);

/// How a person's areas lie to a place: they hold it, or some of them lie inside it, or neither.
enum class Reach : std::uint8_t { none, inside, holds };
[[nodiscard]] Reach reach_of(const Person& person, std::string_view area);

/// Somebody on duty.
struct OnDuty {
  const Person* person = nullptr;
  const Person* instead_of = nullptr;  ///< the person for whom this one stands in; null: nobody
  std::string_view role;
};

/// Who of a role is on duty for a place at a time: those whose areas hold it, else those whose areas lie inside it (an
/// alert of the whole city tells the lurah of all its kelurahan). In the order of the roster, each person once. Views
/// into the roster and `role`.
[[nodiscard]] std::vector<OnDuty> on_duty(const Roster& roster, const Reference& reference, std::string_view role,
                                          std::string_view area, TimePoint time);

/// The same, and where nobody is: of the roles of `roster.fallback`, then kLastRole, the first that has somebody.
[[nodiscard]] std::vector<OnDuty> on_duty_or_fallback(const Roster& roster, const Reference& reference,
                                                      std::string_view role, std::string_view area, TimePoint time);

/// The zone of the city of a place by its code; UTC where it is unknown.
[[nodiscard]] const LocalZone& zone_of(std::string_view area, const Reference& reference);

}  // namespace kentongan::duty
