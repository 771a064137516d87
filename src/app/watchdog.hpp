// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace kentongan::app {

/// A shard that makes no progress.
struct ShardStall {
  std::string why;
  std::chrono::milliseconds since{};
  bool away = false;  ///< the journal does not answer: a new process would fare no better
};

/// Looks after the shards: tells how long one has made no progress, and gives up after a bounded time, so that
/// whatever started the process starts it anew. A thread of its own, which takes no lock that a shard holds for long.
class Watchdog {
 public:
  struct Plan {
    std::chrono::milliseconds limit{};                    ///< from here on it gives up; 0: never
    std::chrono::milliseconds period{1000};               ///< between two looks
    std::function<std::optional<ShardStall>()> look;      ///< the longest stall
    std::function<void(std::chrono::milliseconds)> tell;  ///< how long it is, at every look; 0: there is none
    std::function<void(const ShardStall&)> give_up;       ///< called once
  };
  explicit Watchdog(Plan plan);
  ~Watchdog() { stop(); }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  /// Looks no more. A second call does nothing.
  void stop();

 private:
  void loop();

  const Plan plan_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kentongan::app
