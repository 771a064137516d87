// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <string>

#include "duty/roster.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {

/// The minutes of a week, from Monday midnight on.
using WeekMinutes = std::bitset<std::size_t{7} * duty::kMinutesOfDay>;

/// When a person is on duty in a week all of whose days are of this kind (empty: of none).
[[nodiscard]] WeekMinutes week_of(const duty::Person& person, const std::string& kind);

/// "every day 00:00-07:00", "sat, sun at all hours": the minutes as people say them.
[[nodiscard]] said::Text hours_said(const WeekMinutes& minutes);

}  // namespace kentongan::rules
