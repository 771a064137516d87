// SPDX-License-Identifier: Apache-2.0
// Timestamps and durations: their text forms, their ranges, their arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/cel/value.hpp"

namespace kentongan::cel {

// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
[[nodiscard]] bool in_range(Timestamp time);

// RFC 3339 with an offset; digits behind the ninth of a second are refused.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

// RFC 3339 in UTC; a fraction of 3, 6 or 9 digits only where there is one.
[[nodiscard]] std::string format(Timestamp time);

// Signed decimals with units h, m, s, ms, us, ns: "1h30m", "-1.5s". In nanoseconds.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

// In seconds, with as many decimals as needed: "5400s", "-1.5s".
[[nodiscard]] std::string format_duration(std::int64_t nanoseconds);

// Nothing when the result is out of range.
[[nodiscard]] std::optional<Timestamp> add(Timestamp time, std::int64_t nanoseconds);
[[nodiscard]] std::optional<std::int64_t> difference(Timestamp later, Timestamp earlier);

}  // namespace kentongan::cel
