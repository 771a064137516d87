// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kentongan {

/// Why parse_rfc3339() refuses a text, as the end of a sentence about it ("names a day that does not exist").
/// Empty where it does not look like a time at all, and for a good one.
[[nodiscard]] std::string_view fault_of_time(std::string_view text);

/// The same of parse_day().
[[nodiscard]] std::string_view fault_of_day(std::string_view text);

}  // namespace kentongan
