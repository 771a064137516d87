// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// NIK: the 16-digit number of a person in Indonesia's population register. Digits 7 and 8 are the day of
/// birth (01-31, for women 41-71), 9 and 10 the month (01-12).
///
/// In a text: 16 digits, any number of spaces, dots and hyphens between them, with no digit directly before
/// the first or directly behind the last. So "021 3573010101900001" holds one, and a row of 17 digits none.
namespace kentongan::codec {

struct NikSpan {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< behind the last digit
};

[[nodiscard]] bool holds_nik(std::string_view text);

/// All of them, by their ends. They may overlap: of five groups of four digits the first four, then the last four.
[[nodiscard]] std::vector<NikSpan> find_niks(std::string_view text);

/// Whether a JSON number is whole and its value a NIK; 3.573e15 is looked at as 3573000000000000.
[[nodiscard]] bool number_is_nik(std::string_view literal);

/// The text with the digits of every NIK replaced by X.
[[nodiscard]] std::string mask_niks(std::string_view text);

}  // namespace kentongan::codec
