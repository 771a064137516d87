// SPDX-License-Identifier: Apache-2.0
// Places in the text of an expression.
#pragma once

#include <cstdint>
#include <string_view>

namespace kentongan::cel {

// A half-open span of bytes in the text it was parsed from.
struct SourceRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

// The smallest range that holds both.
[[nodiscard]] SourceRange join(SourceRange first, SourceRange last);

// Where a byte stands for a reader: line and column count from 1, the column and
// the offset in code points. A line ends at LF.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t offset = 0;
  std::uint32_t byte_offset = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

// A byte offset behind the end stands for the end.
[[nodiscard]] Position position_at(std::string_view text, std::uint32_t byte_offset);

}  // namespace kentongan::cel
