// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/wal_keeper.hpp"

#include <mutex>

namespace kentongan::sqlite {
void WalKeeper::after_commit(Database& database) {
  const int pages = database.wal_pages();
  if (pages < attempted_at_) attempted_at_ = 0;  // the log has started anew
  // With a reader that never ends, an attempt at each commit would cost more than it brings.
  if (pages < attempted_at_ + pages_) return;
  attempted_at_ = pages;
  const std::lock_guard turn(turn_);
  if (!database.checkpoint(pages >= 8 * pages_)) ++failures_;
}

}  // namespace kentongan::sqlite
