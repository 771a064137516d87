// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/kafka/settings.hpp"
#include "domain/error.hpp"
#include "ports/journal.hpp"

namespace kentongan::kafka {

/// What a worker tells about itself; from the worker's thread.
struct WorkerEvents {
  /// Records read so far and offsets still ahead while state is restored; with 0 ahead it is done.
  std::function<void(std::int64_t read, std::int64_t ahead)> restoring = [](std::int64_t, std::int64_t) {};
  std::function<void(std::size_t partitions)> assigned = [](std::size_t) {};
};

struct WorkerStatus {
  std::uint64_t behind = 0;                  ///< records that are there and not committed, as far as is known
  std::chrono::milliseconds behind_since{};  ///< how long ago the last applied record was written; 0: nothing is behind
  std::size_t partitions = 0;
};

/// The journal of one worker: one consumer, one transactional producer, the partitions that the group gives it.
///
/// A commit is one Kafka transaction: outputs, dead letters, records that are put back under their city, changes of
/// state, and the offsets behind the inputs. After any failure both clients are thrown away; restore() opens new
/// ones, waits until no transaction is open over the inputs' offsets, reads the state and goes on from there. The
/// same way is gone at the start and, with the clients kept, when the group moves partitions.
///
/// Offsets of the port are numbers of this object, in the order in which inputs were polled.
class WorkerJournal final : public ports::Journal {
 public:
  /// `settings` outlives it. `name`: the same after a restart, or new each time, and never that of another worker;
  /// it is the id of transactions. `is_static`: it is also the worker's fixed name in the group.
  WorkerJournal(const Settings& settings, std::string name, bool is_static, WorkerEvents events);
  ~WorkerJournal() override;
  WorkerJournal(const WorkerJournal&) = delete;

  [[nodiscard]] Result<Offset> restore(const std::function<void(ports::StateKey, std::string_view)>& visit) override;
  [[nodiscard]] Result<std::vector<ports::InputRecord>> poll(Offset after, std::size_t max, Duration wait) override;
  [[nodiscard]] Result<void> commit(const ports::Commit& commit) override;
  [[nodiscard]] bool moved() const override;
  [[nodiscard]] ports::Stall stalled() const override;
  /// The read model follows the topics.
  [[nodiscard]] bool keeps_alerts() const override { return false; }
  [[nodiscard]] bool owns(std::string_view city) const override;
  [[nodiscard]] ports::Home home_of(Offset input, std::string_view city) const override;

  /// Of the worker's thread.
  [[nodiscard]] WorkerStatus status() const;
  /// A poll or restore that waits returns soon. Thread-safe.
  void interrupt();
  /// From now on whatever waits gives up. Thread-safe.
  void request_stop();
  /// Leaves the group, within `limit`. When the shard has ended.
  void close(std::chrono::milliseconds limit);

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kentongan::kafka
