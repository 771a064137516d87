// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/processor.hpp"
#include "app/pulse.hpp"
#include "app/watchdog.hpp"
#include "domain/error.hpp"
#include "ports/journal.hpp"

namespace kentongan::app {

/// What a shard's engines did since its start, as far as it is committed.
struct EngineCounts {
  std::vector<RuleCounts> rules;        ///< by RuleIndex
  std::uint64_t dropped_campaigns = 0;  ///< see engine::Effects
};

/// What a shard tells about its work. Called from the shard's thread.
class ShardObserver {
 public:
  virtual ~ShardObserver() = default;
  /// A batch is committed: what was counted in it, and the alerts among its outputs.
  virtual void committed(const Tally& tally, const std::vector<Output>& outputs, std::size_t records,
                         std::chrono::nanoseconds took) = 0;
  /// Of the same batch: when its oldest input was stored, as far as the journal knows. Behind committed().
  virtual void committed_since(TimePoint /*stored*/, std::size_t /*records*/) {}
  virtual void commit_failed(const Error& error) = 0;
  /// The engine holds what was committed: at the start, after a failure, and when the shard got other cities.
  virtual void restored(std::chrono::nanoseconds /*took*/, const engine::Engine& /*engine*/) {}
  /// About once a second, whether or not there is work.
  virtual void pulse(const engine::Engine& engine, const EngineCounts& counts) = 0;
};

struct ShardOptions {
  std::size_t batch = 4096;                                   ///< inputs of one commit at most
  Duration wait = std::chrono::milliseconds(100);             ///< for the next input
  Duration idle_commit = std::chrono::minutes(1);             ///< how old the committed clock may become without inputs
  std::chrono::milliseconds retry = std::chrono::seconds(1);  ///< between a failed commit and the next try
  std::function<TimePoint()> wall;                            ///< empty: the clock follows the events
  /// How long what was applied may wait for more before it is committed; what alerts never waits.
  std::chrono::milliseconds gather{0};
  /// A first restore that fails is tried again, as any other is; else start() gives up.
  bool patient = false;
  /// Without progress for so long it is in trouble; 0: never.
  std::chrono::milliseconds stuck_after{0};
  /// For a journal that shows progress of its own; null: the shard makes one.
  std::shared_ptr<Pulse> pulse = {};
};

/// The loop of one shard: poll, apply, commit. Everything that a batch brings about is committed with the
/// offset behind it, or not at all: after a failed commit the engine is thrown away and restored, the same way
/// as at the start.
class Shard {
 public:
  using MakeProcessor = std::function<std::unique_ptr<Processor>()>;
  /// All of it outlives the shard. `interrupt` ends a poll that waits.
  Shard(ports::Journal& journal, MakeProcessor make, std::function<void()> interrupt, ShardOptions options,
        ShardObserver& observer);
  ~Shard();

  /// Restores in this thread, unless it is patient; an error is one that an operator must mend. Then runs in a
  /// thread of its own.
  [[nodiscard]] Result<void> start();
  /// Commits the batch in hand, or leaves it uncommitted, and ends. A second call does nothing.
  void stop();

  /// Runs `question` on the shard's thread between two batches; with null when the shard has no engine to ask.
  /// Thread-safe.
  void ask(std::function<void(Processor*)> question);
  /// Commits the batch in hand and restores what is committed with a new processor, as a restart would; then calls
  /// `done` from the shard's thread. A restore that begins for another reason serves as well. False: the shard has
  /// ended. Thread-safe.
  void renew(std::function<void(bool)> done);
  /// Empty: it works. Else why not. Thread-safe.
  [[nodiscard]] std::string trouble() const;
  /// None: it goes round, and inputs that wait come. Thread-safe.
  [[nodiscard]] std::optional<ShardStall> stall() const;

 private:
  void loop();
  [[nodiscard]] Result<void> restore();
  [[nodiscard]] Result<void> restore_state();
  [[nodiscard]] Result<void> renew_if_asked();
  void tell_renewed(bool renewed);
  void keep_counts();
  [[nodiscard]] Result<void> step();
  void take(ports::InputRecord& record);
  [[nodiscard]] Duration patience() const;
  [[nodiscard]] Result<void> commit();
  [[nodiscard]] bool worth_committing() const;
  [[nodiscard]] bool is_asked() const;
  void answer_questions();
  void refuse_questions();
  void refuse_questions_now();
  void recover(const Error& error);
  void pulse();
  void look_at_inputs();

  ports::Journal& journal_;
  MakeProcessor make_;
  std::function<void()> interrupt_;
  ShardOptions options_;
  ShardObserver& observer_;
  std::unique_ptr<Processor> processor_;
  Offset offset_;
  // Applied and not yet committed:
  std::size_t pending_ = 0;
  TimePoint oldest_pending_;                                  ///< when the oldest of these was stored
  std::vector<std::pair<std::size_t, Offset>> dead_letters_;  ///< index among the outputs, and the input
  std::vector<ports::Rekeyed> rekeyed_;
  std::chrono::steady_clock::time_point last_commit_, last_pulse_, first_pending_;
  EngineCounts counts_;
  std::vector<std::string> counted_rules_;           ///< ids, as EngineCounts::rules
  std::vector<std::function<void(bool)>> renewing_;  ///< those that the restore in hand will serve

  std::thread thread_;
  std::atomic<bool> stopping_{false};
  std::shared_ptr<Pulse> pulse_;
  mutable std::mutex mutex_;
  std::vector<std::function<void(Processor*)>> questions_;
  std::vector<std::function<void(bool)>> renewals_;
  std::string trouble_ = "starting";
  ports::Stall inputs_stall_;
  std::chrono::steady_clock::time_point inputs_stall_since_;
  bool ended_ = false;
};

/// The records that the journal keeps of these outputs.
[[nodiscard]] std::vector<ports::OutputRecord> to_records(const std::vector<Output>& outputs,
                                                          const Reference& reference, bool keeps_alerts = true);

}  // namespace kentongan::app
