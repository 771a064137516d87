// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kentongan::app {

/// What systemd is told (sd_notify): a datagram to the socket that $NOTIFY_SOCKET names. Where there is none, and
/// where it does not listen, nothing happens. Thread-safe.
class ServiceManager {
 public:
  /// Of the environment of this process.
  static ServiceManager from_environment();
  /// A path, or @NAME for the abstract name space; empty: there is none. `watchdog_usec` as in $WATCHDOG_USEC.
  ServiceManager(std::string socket, std::string_view watchdog_usec);

  void ready(std::string_view status) const;
  void status(std::string_view text) const;
  void stopping() const;
  /// Of the caller's heart beats, sends one to systemd as often as it asks for: the process lives.
  void alive(std::chrono::steady_clock::time_point now);

  /// Half of what systemd waits for; none: it waits for nothing.
  [[nodiscard]] std::optional<std::chrono::microseconds> beat() const noexcept { return beat_; }

 private:
  void send(const std::string& text) const;

  std::string socket_;
  std::optional<std::chrono::microseconds> beat_;
  std::optional<std::chrono::steady_clock::time_point> last_;
};

}  // namespace kentongan::app
