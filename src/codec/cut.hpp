// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kentongan::codec {

/// A code point of a text, and how many bytes it takes. A stray byte counts as one.
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t position);

/// In what a length is told.
enum class Unit : unsigned char { bytes, code_points, utf16 };
[[nodiscard]] std::size_t length_of(std::string_view text, Unit unit);

/// At most `most` units, ended at a code point; a text that was cut ends in an ellipsis.
[[nodiscard]] std::string cut(std::string_view text, std::size_t most, Unit unit);

}  // namespace kentongan::codec
