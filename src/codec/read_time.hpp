// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "domain/time.hpp"

namespace kentongan::codec {

/// parse_rfc3339() with a short cut for the two shapes that nearly all events have:
/// "2024-11-10T08:00:00+07:00" and "2024-11-10T08:00:00.123+07:00".
[[nodiscard]] std::optional<TimePoint> read_time(std::string_view text);

}  // namespace kentongan::codec
