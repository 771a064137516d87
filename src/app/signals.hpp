// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <csignal>
#include <string_view>

namespace kentongan::app {

/// Blocks SIGTERM and SIGINT in this thread and those that it starts from now on, so that wait() gets them.
/// A broken pipe becomes an error of the write.
class SignalWait {
 public:
  SignalWait();
  /// Returns when one came: its name.
  [[nodiscard]] std::string_view wait() const;
  /// Whether one came within this time.
  [[nodiscard]] bool wait_for(std::chrono::milliseconds time) const;

 private:
  sigset_t signals_{};
};

}  // namespace kentongan::app
