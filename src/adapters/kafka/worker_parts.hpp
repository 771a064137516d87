// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "adapters/kafka/changelog.hpp"
#include "adapters/kafka/input_consumer.hpp"
#include "adapters/kafka/state_parts.hpp"
#include "adapters/kafka/transactions.hpp"
#include "adapters/kafka/worker_journal.hpp"

namespace kentongan::kafka {

/// Inside of WorkerJournal: worker_restore.cpp takes over partitions, worker_commit.cpp writes, worker_journal.cpp
/// reads.
class WorkerJournal::Parts {
 public:
  Parts(const Settings& settings, std::string name, bool is_static, WorkerEvents events);

  /// An input that was given to the shard and is not committed.
  struct Pending {
    InputPlace place;
    std::int64_t offset = 0;
    std::int64_t timestamp = 0;
    std::optional<std::string> key;
    bool rekeyed = false;
    ports::SharedTrace trace;
  };

  // worker_restore.cpp
  [[nodiscard]] Result<Offset> restore(const std::function<void(ports::StateKey, std::string_view)>& visit);
  void close_clients(std::chrono::milliseconds leave);

  // worker_commit.cpp
  [[nodiscard]] Result<void> commit(const ports::Commit& commit);

  // worker_journal.cpp
  [[nodiscard]] Result<std::vector<ports::InputRecord>> poll(std::size_t max, Duration wait);
  void look_for_stall(bool some_came);
  [[nodiscard]] const Pending* find_pending(Offset input) const;
  [[nodiscard]] std::int32_t home(std::string_view city) const;

  const Settings& settings_;
  const std::string name_;
  const bool is_static_;
  const WorkerEvents events_;
  const std::vector<std::string> topics_;  ///< of inputs
  std::atomic<bool> stopping_{false};

  std::mutex interrupt_mutex_;  ///< guards the replacement of consumer_ against interrupt()
  std::unique_ptr<InputConsumer> consumer_;
  std::unique_ptr<Transactions> transactions_;
  bool broken_ = false;  ///< something failed: nothing goes on with these clients

  // As of restore():
  std::int32_t partitions_ = 0;   ///< of each topic
  std::set<std::int32_t> owned_;  ///< partition numbers
  struct Home {
    std::string city;
    std::int32_t partition = 0;
  };
  mutable std::optional<Home> last_home_;  ///< cities come in runs
  std::map<std::int32_t, std::uint64_t> sequences_;
  std::set<std::int32_t> without_layout_;  ///< their changelog has no layout record yet
  StateParts state_parts_;

  InputMerge merge_;
  std::int64_t last_number_ = 0;  ///< of the port's offsets
  std::deque<Pending> pending_;   ///< the last one has last_number_
  Positions positions_;           ///< behind what is committed
  bool all_positions_ = false;    ///< the next commit writes those of all places
  std::int64_t last_timestamp_ = 0;
  ports::Stall stall_;
  std::chrono::steady_clock::time_point last_input_, last_look_, last_question_;

 private:
  // worker_restore.cpp
  [[nodiscard]] Result<void> open_clients();
  [[nodiscard]] Result<void> wait_for_partitions();
  [[nodiscard]] Result<void> look_at_assignment();
  [[nodiscard]] Result<Positions> find_start(const std::map<std::int32_t, ChangelogPartition>& state);
  [[nodiscard]] Result<void> take_state(const std::map<std::int32_t, ChangelogPartition>& state,
                                        const std::function<void(ports::StateKey, std::string_view)>& visit);
  void forget();

  // worker_commit.cpp
  [[nodiscard]] Result<void> write_outputs(const ports::Commit& commit);
  [[nodiscard]] Result<void> write_output(const ports::OutputRecord& output);
  [[nodiscard]] Result<void> write_rekeyed(const ports::Rekeyed& rekeyed);
  [[nodiscard]] Result<void> write_state(const ports::Commit& commit);
  [[nodiscard]] Result<void> write_own_records();
  [[nodiscard]] Positions positions_behind(Offset next) const;
  void finish(Offset next, const Positions& moved);
  std::set<std::int32_t> touched_;  ///< partitions with outputs in this commit
};

}  // namespace kentongan::kafka
