// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace kentongan::app {

/// Notices that the wall clock was set: what it moves on by is held against a clock that is never set. Used by one
/// thread; times come in.
class ClockJumps {
 public:
  using Wall = std::chrono::system_clock::time_point;
  using Steady = std::chrono::steady_clock::time_point;
  /// A clock that is kept by NTP is not moved by so much at once.
  static constexpr std::chrono::seconds kJump{30};

  /// By how much it jumped since the last look, if it did; ahead is positive.
  [[nodiscard]] std::optional<std::chrono::milliseconds> look(Wall wall, Steady steady);

 private:
  struct Look {
    Wall wall;
    Steady steady;
  };
  std::optional<Look> last_;
};

/// What it means and what to do, as a line of the log. `follows_wall`: the service runs with `clock: wall`.
[[nodiscard]] std::string jump_line(std::chrono::milliseconds jump, bool follows_wall);

}  // namespace kentongan::app
