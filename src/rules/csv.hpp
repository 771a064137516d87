// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/said/text.hpp"

namespace kentongan::rules::csv {

/// One field and the byte of the text at which it begins.
struct Cell {
  std::string_view text;
  std::size_t offset = 0;
};

struct Row {
  std::size_t offset = 0;
  std::vector<Cell> cells;
};

struct Problem {
  std::size_t offset = 0;
  said::Text message;
  said::Text hint;
};

/// Reads comma-separated values as RFC 4180 writes them, one row at a time:
///
///     file   = [BOM] *( row ( LF / CRLF ) ) [row]
///     row    = field *( "," field )
///     field  = plain / DQUOTE *( any / 2DQUOTE ) DQUOTE
///
/// Empty lines are skipped; spaces around a field do not belong to it unless they stand in quotes. A quote
/// inside a plain field, text after a closing quote and a quote that is never closed are problems: the
/// reader tells of the first one and ends there, because what follows cannot be trusted.
/// The text must outlive the reader; a Row lives until the next call. Not thread-safe.
class Reader {
 public:
  explicit Reader(std::string_view text);

  /// The next row in `row`; false at the end and after a problem.
  [[nodiscard]] bool next(Row& row);
  [[nodiscard]] const std::optional<Problem>& problem() const noexcept { return problem_; }

 private:
  [[nodiscard]] bool read_cell(Row& row);
  [[nodiscard]] bool read_quoted(Row& row);
  [[nodiscard]] bool read_plain(Row& row);
  [[nodiscard]] bool at_line_end() const noexcept;
  void step_over_line_end() noexcept;
  bool stop(std::size_t offset, said::TextView message, said::TextView hint);

  std::string_view text_;
  std::size_t at_ = 0;
  std::deque<std::string> unquoted_;  ///< cells of this row whose quotes were undone
  std::optional<Problem> problem_;
};

}  // namespace kentongan::rules::csv
