// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "domain/time.hpp"
#include "scenario/stream.hpp"

namespace kentongan::app::demo {

/// The lines of a generated campaign, as time goes by. Not thread-safe; the setting outlives it.
class StoryFeed {
 public:
  explicit StoryFeed(const scenario::Setting& setting);

  /// Lines up to this moment, at most `most`; empty: nothing happens until then. `clock()` follows.
  [[nodiscard]] std::string take(TimePoint until, std::size_t most);
  [[nodiscard]] bool ended() const noexcept { return ended_ && waiting_.empty(); }
  /// The moment of the line that comes next, as far as it is known; at the end that of the last.
  [[nodiscard]] TimePoint next() const noexcept { return next_; }
  [[nodiscard]] TimePoint clock() const noexcept { return clock_; }
  [[nodiscard]] std::uint64_t lines() const noexcept { return lines_; }

 private:
  void read_on();

  scenario::Stream stream_;
  std::string waiting_;  ///< the line that comes next, with its LF
  std::string read_;     ///< lines behind it
  TimePoint next_, clock_;
  std::uint64_t lines_ = 0;
  bool ended_ = false;
};

}  // namespace kentongan::app::demo
