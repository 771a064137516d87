// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "domain/time.hpp"

namespace kentongan::sqlite {

/// The offset of the last durable input, which the inbox moves and the shard waits for. Thread-safe.
class DurableMark {
 public:
  explicit DurableMark(std::int64_t last) : last_(last) {}

  void advance(std::int64_t last) {
    {
      const std::lock_guard guard(mutex_);
      last_ = last;
    }
    moved_.notify_all();
  }
  /// The wait that runs, or else the next one, ends at once.
  void interrupt() {
    {
      const std::lock_guard guard(mutex_);
      interrupted_ = true;
    }
    moved_.notify_all();
  }
  /// Waits until there is an input behind `after`; returns the offset of the last one.
  [[nodiscard]] std::int64_t wait_behind(std::int64_t after, Duration wait) {
    std::unique_lock guard(mutex_);
    if (last_ > after) return last_;
    moved_.wait_for(guard, wait, [&] { return last_ > after || interrupted_; });
    interrupted_ = false;
    return last_;
  }
  [[nodiscard]] std::int64_t last() const {
    const std::lock_guard guard(mutex_);
    return last_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable moved_;
  std::int64_t last_;
  bool interrupted_ = false;
};

}  // namespace kentongan::sqlite
