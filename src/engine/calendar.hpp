// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "domain/reference.hpp"
#include "domain/time.hpp"
#include "rules/rule.hpp"

namespace kentongan::engine {

/// One election in which a rule waits for every member: what came at `since` or later counts (without it: whatever
/// ever came); it is missed from `by` to before `end`.
struct WaitingTime {
  std::optional<TimePoint> since;
  TimePoint by;
  TimePoint end;
};

/// The waiting times of a rule in a city with this zone, by `by`. Elections without the stage of `by` have none; one
/// without the stage of `since` begins where a rule without `since` does: at the end of the election before it.
[[nodiscard]] std::vector<WaitingTime> waiting_times(const rules::MemberAbsenceBlock& block, const Reference& reference,
                                                     const LocalZone& zone);

}  // namespace kentongan::engine
