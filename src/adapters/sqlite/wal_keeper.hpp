// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/write_turn.hpp"

namespace kentongan::sqlite {

/// Keeps the write-ahead log short: from `pages` on it is copied into the database after a commit; when readers
/// kept it from starting anew until eight times as many, it is emptied while writers wait.
/// Checkpoints and commits never overlap: both hold the write turn. (SQLite before 3.51.3 has a race between a
/// checkpoint and a commit of two connections, which can lose pages.) Thread-safe.
class WalKeeper {
 public:
  WalKeeper(WriteTurn& turn, int pages) : turn_(turn), pages_(pages) {}
  /// After a commit on `database`, by its thread, which does not hold the turn. A failure is no concern of
  /// the commit, which is durable: the log only stays longer until the next attempt.
  void after_commit(Database& database);
  /// Checkpoints that failed, for the metrics.
  [[nodiscard]] std::int64_t failures() const { return failures_; }

 private:
  WriteTurn& turn_;
  const int pages_;
  std::atomic<int> attempted_at_{0};
  std::atomic<std::int64_t> failures_{0};
};

}  // namespace kentongan::sqlite
