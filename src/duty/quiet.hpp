// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/time.hpp"
#include "duty/roster.hpp"

namespace kentongan::duty {

/// Whether the person has quiet hours at this moment.
[[nodiscard]] bool is_quiet(const Person& person, TimePoint now, const LocalZone& zone);

/// When what is held back at `now`, in the person's quiet hours, is told: at their end, or at the time of the digest if
/// that is later.
[[nodiscard]] TimePoint digest_due(const Person& person, TimePoint now, const LocalZone& zone);

}  // namespace kentongan::duty
