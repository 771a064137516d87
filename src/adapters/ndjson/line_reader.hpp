// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"

namespace kentongan::ndjson {

/// One line without its LF and a CR before that.
struct Line {
  std::string_view text;  ///< valid until the next call
  bool cut = false;       ///< longer than the reader keeps: only its beginning is here
};

/// Reads lines from a file or a pipe with bounded memory. Empty lines are passed over; the last line needs
/// no LF. Not thread-safe.
class LineReader {
 public:
  /// A line longer than this is cut; the rest of it is skipped.
  static constexpr std::size_t kLongestLine = std::size_t{1} << 20;

  /// Opens a file, or standard input for "-".
  [[nodiscard]] static Result<LineReader> open(const std::string& path);
  LineReader(LineReader&& other) noexcept;
  LineReader& operator=(LineReader&&) = delete;
  ~LineReader();

  /// The next line; none at the end.
  [[nodiscard]] Result<std::optional<Line>> next();
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }
  /// Of a regular file its size, for progress; none of a pipe.
  [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }

 private:
  LineReader(int file, std::string name, std::optional<std::uint64_t> size);
  [[nodiscard]] Result<bool> fill();
  [[nodiscard]] Result<void> skip_rest_of_line();

  int file_;
  std::string name_;
  std::optional<std::uint64_t> size_;
  std::vector<char> buffer_;
  std::string cut_;        ///< beginning of a line that was too long
  std::size_t begin_ = 0;  ///< unread bytes are [begin_, end_)
  std::size_t end_ = 0;
  bool at_end_ = false;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace kentongan::ndjson
