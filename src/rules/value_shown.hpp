// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/time.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::rules {

/// A value for people: doubles in their shortest form (12.0 is `12`), times as `10 Nov 2024 08:00` in this zone,
/// durations as `1h30m`, the elements of lists with commas between them. At most about 64 KiB.
[[nodiscard]] std::string shown_value(const cel::Value& value, const LocalZone& zone);

}  // namespace kentongan::rules
