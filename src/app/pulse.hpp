// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace kentongan::app {

/// What a shard's thread is doing.
enum class Phase : unsigned char { starting, restoring, waiting, applying, committing, answering, resting };
[[nodiscard]] std::string_view name_of(Phase phase);

/// Shows that a shard's thread goes round. Written by that thread (or by what works for it), read by any.
class Pulse {
 public:
  void enter(Phase phase) noexcept {
    phase_.store(phase, std::memory_order_relaxed);
    beat();
  }
  /// The phase goes on, and gets somewhere.
  void beat() noexcept { last_.store(now(), std::memory_order_relaxed); }

  [[nodiscard]] Phase phase() const noexcept { return phase_.load(std::memory_order_relaxed); }
  /// Since the last sign.
  [[nodiscard]] std::chrono::milliseconds quiet() const noexcept {
    return std::chrono::milliseconds(now() - last_.load(std::memory_order_relaxed));
  }

 private:
  static std::int64_t now() noexcept {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  }
  std::atomic<Phase> phase_{Phase::starting};
  std::atomic<std::int64_t> last_{now()};
};

}  // namespace kentongan::app
