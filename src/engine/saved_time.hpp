// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "domain/time.hpp"

namespace kentongan::engine {

/// Of saved state: what a greater one wrote cannot be read.
inline constexpr std::uint32_t kSchemaVersion = 2;

/// Times as saved state has them: milliseconds since 1970 (UTC).
[[nodiscard]] inline std::int64_t to_ms(TimePoint time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline TimePoint from_ms(std::int64_t ms) { return TimePoint{Duration{ms}}; }

}  // namespace kentongan::engine
