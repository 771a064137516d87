// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/durable_mark.hpp"
#include "adapters/sqlite/file_presence.hpp"
#include "adapters/sqlite/statement.hpp"
#include "adapters/sqlite/wal_keeper.hpp"
#include "adapters/sqlite/write_turn.hpp"
#include "ports/journal.hpp"

namespace kentongan::sqlite {

/// Makes inputs durable. append() is called by any thread; one thread of its own commits, and calls every
/// `done`, without holding a lock: `done` may append, but must not wait for another `done` and must not throw.
/// While a group commits, the next one gathers.
class GroupCommitInbox final : public ports::Inbox {
 public:
  struct Limits {
    std::size_t records;  ///< waiting or being committed
    std::size_t bytes;
  };
  struct Waiting {
    std::size_t records = 0;
    std::size_t bytes = 0;
  };

  /// All outlive the inbox; `database` is used by its thread only until stop() has returned.
  GroupCommitInbox(Database& database, WriteTurn& turn, WalKeeper& keeper, DurableMark& mark,
                   const FilePresence& presence, Limits limits, std::function<TimePoint()> now);
  ~GroupCommitInbox() override;

  /// False, too, once it stops. A request larger than the limits is taken when nothing else waits.
  [[nodiscard]] bool append(std::vector<std::string> records, std::function<void(Result<void>)> done) override;

  /// Takes no more, commits what waits until `limit` has passed, fails the rest, ends the thread.
  void stop(Duration limit);
  [[nodiscard]] Waiting waiting() const;

 private:
  struct Request {
    std::vector<std::string> records;
    std::size_t bytes = 0;
    std::function<void(Result<void>)> done;
  };
  using Group = std::vector<Request>;

  void work();
  void commit_group();
  [[nodiscard]] Group take_group();
  [[nodiscard]] Result<void> store(Group& group);
  [[nodiscard]] Result<void> insert(const Group& group, std::int64_t& offset);
  void release(const Group& group);

  Database& database_;
  WriteTurn& turn_;
  WalKeeper& keeper_;
  DurableMark& mark_;
  const FilePresence& presence_;
  const Limits limits_;
  const std::function<TimePoint()> now_;
  Statement insert_;

  mutable std::mutex mutex_;  ///< guards what follows
  std::condition_variable changed_;
  std::deque<Request> queue_;
  Waiting waiting_;
  bool stopping_ = false;
  bool abandoned_ = false;
  bool ended_ = false;

  std::thread thread_;
};

}  // namespace kentongan::sqlite
