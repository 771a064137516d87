// SPDX-License-Identifier: Apache-2.0
#include "app/clock_jumps.hpp"

#include <fmt/format.h>

#include <utility>

namespace kentongan::app {

using std::chrono::milliseconds;

std::optional<milliseconds> ClockJumps::look(Wall wall, Steady steady) {
  const std::optional<Look> before = std::exchange(last_, Look{wall, steady});
  if (!before) return std::nullopt;
  const auto by_wall = std::chrono::duration_cast<milliseconds>(wall - before->wall);
  const auto by_steady = std::chrono::duration_cast<milliseconds>(steady - before->steady);
  const milliseconds jump = by_wall - by_steady;
  if (std::chrono::abs(jump) < kJump) return std::nullopt;
  return jump;
}

std::string jump_line(milliseconds jump, bool follows_wall) {
  std::string_view effect = "events are judged by their own time; check the time service of this machine";
  if (follows_wall && jump.count() > 0) {
    effect =
        "deadlines up to the new time have passed, and events of before may be late or too_old; if the new time is "
        "wrong, stop the service, set the clock right and put back a backup of before";
  } else if (follows_wall) {
    effect =
        "clocks of cities do not go back: until the old time is reached again no deadline passes, and events more than "
        "5 min ahead of the new time are refused as future; check the time service of this machine";
  }
  return fmt::format("msg=\"the clock of this machine was set\" seconds={} effect=\"{}\"", jump.count() / 1000, effect);
}

}  // namespace kentongan::app
