// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace kentongan::sqlite {

/// A lock that is passed on in the order in which it was asked for, so that neither the inbox nor the
/// shard starves the other. Whoever writes to the database or checkpoints it holds the turn.
/// Thread-safe; a Lockable for std::unique_lock.
class WriteTurn {
 public:
  void lock() {
    std::unique_lock guard(mutex_);
    const std::uint64_t mine = next_++;
    changed_.wait(guard, [&] { return serving_ == mine; });
  }
  void unlock() {
    {
      const std::lock_guard guard(mutex_);
      ++serving_;
    }
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0;
  std::uint64_t serving_ = 0;
};

}  // namespace kentongan::sqlite
