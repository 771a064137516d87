// SPDX-License-Identifier: Apache-2.0
// Arithmetic that says when it overflows, and numbers as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/cel/value.hpp"

namespace kentongan::cel {

// The int or uint equal to a real number, if there is one.
[[nodiscard]] bool whole_number(double number, Value& whole);

// Towards zero; nothing when the result is not strictly inside the target's range.
[[nodiscard]] std::optional<std::int64_t> truncate_to_integer(double number);
[[nodiscard]] std::optional<std::uint64_t> truncate_to_unsigned(double number);

// The whole text, no spaces. A sign is allowed for int and double, "NaN", "Infinity" and
// "-Infinity" for double. A double too small to represent is 0, one too large is nothing.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text, int base = 10);
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view text, int base = 10);
[[nodiscard]] std::optional<double> parse_real(std::string_view text);

// The shortest form that reads back the same: 12, 0.5, 1e+21, NaN, -Infinity. Plain
// digits between 1e-6 and 1e21.
[[nodiscard]] std::string format_real(double number);

}  // namespace kentongan::cel
