// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kentongan::rules {

/// A place in a file; both from 1, the column in code points.
struct Position {
  int line = 1;
  int column = 1;
};

/// The text of one rule file (UTF-8) and the way from a byte offset to a line and column.
/// Immutable; nodes and findings of the file refer to it by offset, so it must outlive them.
class Source {
 public:
  Source(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] int line_at(std::size_t offset) const;
  [[nodiscard]] Position position_at(std::size_t offset) const;
  /// The line without its end; empty beyond the last one. Lines count from 1.
  [[nodiscard]] std::string_view line(int number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
};

/// How many code points these bytes begin.
[[nodiscard]] std::size_t code_points(std::string_view text);

}  // namespace kentongan::rules
