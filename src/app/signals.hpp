// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <csignal>
#include <string_view>

namespace kentongan::app {

/// What SignalWait::wait() names the signal that asks to read the rules again.
inline constexpr std::string_view kReloadSignal = "SIGHUP";

/// Blocks SIGTERM, SIGINT and SIGHUP in this thread and those that it starts from now on, so that wait() gets them.
/// A broken pipe becomes an error of the write.
class SignalWait {
 public:
  SignalWait();
  /// Returns when one came: its name.
  [[nodiscard]] std::string_view wait() const;
  /// Whether SIGTERM or SIGINT came within this time; a SIGHUP means nothing yet.
  [[nodiscard]] bool wait_for(std::chrono::milliseconds time) const;

 private:
  sigset_t signals_{}, ending_{};
};

}  // namespace kentongan::app
