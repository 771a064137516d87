// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/wal_keeper.hpp"

#include <mutex>

namespace kentongan::sqlite {
namespace {

constexpr int kCopyFrom = 1000;
constexpr int kEmptyFrom = 8000;
/// With a reader that never ends, an attempt at each commit would cost more than it brings.
constexpr int kAttemptEvery = 1000;

}  // namespace

void WalKeeper::after_commit(Database& database) {
  const int pages = database.wal_pages();
  if (pages < attempted_at_) attempted_at_ = 0;  // the log has started anew
  if (pages < attempted_at_ + kCopyFrom) return;
  attempted_at_ = pages / kAttemptEvery * kAttemptEvery;
  const std::lock_guard turn(turn_);
  if (!database.checkpoint(pages >= kEmptyFrom)) ++failures_;
}

}  // namespace kentongan::sqlite
