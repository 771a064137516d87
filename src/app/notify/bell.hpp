// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kentongan::app {

/// Wakes threads that wait: one ring wakes whoever waits then, or comes to wait next. Thread-safe.
class Bell {
 public:
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      ++rings_;
    }
    wake_.notify_all();
  }
  /// Waits so long, or until it rings; `heard` is what the listener has heard so far.
  void wait(std::chrono::milliseconds longest, unsigned& heard) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, longest, [&] { return rings_ != heard; });
    heard = rings_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  unsigned rings_ = 0;
};

}  // namespace kentongan::app
