// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/durable_mark.hpp"
#include "adapters/sqlite/file_presence.hpp"
#include "adapters/sqlite/output_retention.hpp"
#include "adapters/sqlite/statement.hpp"
#include "adapters/sqlite/wal_keeper.hpp"
#include "adapters/sqlite/write_turn.hpp"
#include "ports/journal.hpp"

namespace kentongan::sqlite {

/// The shard's view of the file. Used by one thread, except committed().
class ShardJournal final : public ports::Journal {
 public:
  struct Limits {
    std::size_t poll_bytes;
    Duration keep_inputs;
    Duration keep_outputs;
  };

  /// All outlive it; `database` is used by nobody else.
  ShardJournal(Database& database, WriteTurn& turn, WalKeeper& keeper, DurableMark& mark, const FilePresence& presence,
               std::int64_t committed, Limits limits, std::function<TimePoint()> now,
               std::function<void(const std::string&)> tell_retention);

  [[nodiscard]] Result<Offset> restore(const std::function<void(ports::StateKey, std::string_view)>& visit) override;
  [[nodiscard]] Result<std::vector<ports::InputRecord>> poll(Offset after, std::size_t max, Duration wait) override;
  [[nodiscard]] Result<void> commit(const ports::Commit& commit) override;

  /// The offset committed last. Thread-safe.
  [[nodiscard]] Offset committed() const { return Offset(committed_.load()); }

 private:
  [[nodiscard]] Result<void> write(const ports::Commit& commit);
  [[nodiscard]] Result<void> move_offset(Offset next);
  [[nodiscard]] Result<void> write_output(const ports::OutputRecord& output);
  [[nodiscard]] Result<void> write_alert(const ports::OutputRecord& output, std::int64_t sequence);
  [[nodiscard]] Result<void> write_state(const ports::StateChange& change);
  [[nodiscard]] Result<void> prune(Offset next);

  Database& database_;
  WriteTurn& turn_;
  WalKeeper& keeper_;
  DurableMark& mark_;
  const FilePresence& presence_;
  const Limits limits_;
  const std::function<TimePoint()> now_;
  std::atomic<std::int64_t> committed_;

  Statement read_state_;
  Statement read_inputs_;
  Statement move_offset_;
  Statement insert_output_;
  Statement upsert_alert_;
  Statement insert_step_;
  Statement put_state_;
  Statement remove_state_;
  Statement oldest_input_;
  Statement prune_inputs_;
  OutputRetention outputs_;
};

}  // namespace kentongan::sqlite
