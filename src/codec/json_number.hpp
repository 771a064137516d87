// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Numbers are kept as they are written and converted only where a field is read. Every `literal` below is
/// a number by JSON's grammar.
namespace kentongan::codec {

/// A whole number in decimal: 3, 3.0 and 0.3e1 are all "3".
struct WholeNumber {
  char digits[19];  ///< without leading zeros; "0" for zero
  int size = 0;
  bool negative = false;
  [[nodiscard]] std::string_view text() const { return {digits, static_cast<std::size_t>(size)}; }
};

/// Exact; none when the number has a fraction or more than 19 digits.
[[nodiscard]] std::optional<WholeNumber> whole_number(std::string_view literal);

/// The value of a whole number; none when it has a fraction or does not fit.
[[nodiscard]] std::optional<std::int64_t> to_integer(std::string_view literal);

/// The nearest double; an underflow is zero.
[[nodiscard]] double to_double(std::string_view literal);

/// Whether rounding to the nearest double gives an infinity.
[[nodiscard]] bool exceeds_double(std::string_view literal);

}  // namespace kentongan::codec
