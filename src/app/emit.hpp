// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/output.hpp"
#include "ports/journal.hpp"

namespace kentongan::app {

[[nodiscard]] ports::OutputTopic topic_of(const Output& output);

/// "alerts,risk,deadletters", at least one of them; blanks around a comma do not matter. Error::usage names the one
/// that is unknown.
[[nodiscard]] Result<std::vector<ports::OutputTopic>> parse_emit(std::string_view text);

/// Buffered lines to a file descriptor. Not thread-safe.
class LineWriter {
 public:
  explicit LineWriter(int file) : file_(file) {}
  void write(std::string_view line);
  [[nodiscard]] std::string& buffer() noexcept { return buffer_; }
  /// To be called after text was appended to buffer().
  void flush_if_large();
  /// False when something could not be written, now or before.
  [[nodiscard]] bool flush();

 private:
  int file_;
  std::string buffer_;
  bool failed_ = false;
};

}  // namespace kentongan::app
