// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/http/observer.hpp"
#include "adapters/telemetry/metrics.hpp"
#include "app/rule_book.hpp"
#include "app/shard.hpp"
#include "app/snapshot.hpp"

namespace kentongan::app {

/// What a shard has still to do.
struct Lag {
  std::uint64_t records = 0;        ///< durable and not yet applied
  std::chrono::milliseconds age{};  ///< of the input applied last, while others wait
  std::size_t partitions = 0;
};

/// The metrics of which every shard knows its own part: puts these together. Thread-safe.
class Board {
 public:
  Board(telemetry::Metrics& metrics, std::size_t shards) : metrics_(metrics), parts_(shards) {}
  /// The latest part of a shard. The heart beats while all of them have come lately.
  void put(std::size_t shard, telemetry::Snapshot snapshot, const Lag& lag);

 private:
  struct Part {
    telemetry::Snapshot snapshot;
    Lag lag;
    std::chrono::steady_clock::time_point when;
  };
  telemetry::Metrics& metrics_;
  std::mutex mutex_;
  std::vector<Part> parts_;
};

/// What a shard does, as metrics and log lines.
class ShardTelling : public ShardObserver {
 public:
  /// `index`: the shard's on the board.
  ShardTelling(telemetry::Metrics& metrics, Board& board, std::size_t index, const RuleBook& book,
               std::function<Lag()> lag);
  void committed(const Tally& tally, const std::vector<Output>& outputs, std::size_t records,
                 std::chrono::nanoseconds took) override;
  void committed_since(TimePoint stored, std::size_t records) override;
  void commit_failed(const Error& error) override;
  void restored(std::chrono::nanoseconds took, const engine::Engine& engine) override;
  void pulse(const engine::Engine& engine, const EngineCounts& counts) override;

 private:
  void tell_kept(const engine::Engine& engine, const RulesInUse& rules);
  void count_alert(const AlertStep& step, TimePoint time);

  telemetry::Metrics& metrics_;
  Board& board_;
  std::size_t index_;
  const RuleBook& book_;
  std::function<Lag()> lag_;
  SnapshotMaker snapshots_;
  std::string rules_version_;
  std::string told_version_;  ///< of the rules for which it was told what they kept of the state
  std::string last_error_;
};

/// What the HTTP server does, as metrics.
class HttpTelling : public http::Observer {
 public:
  explicit HttpTelling(telemetry::Metrics& metrics) : metrics_(metrics) {}
  void answered(std::string_view route, std::string_view method, unsigned status,
                std::chrono::nanoseconds took) override {
    metrics_.observe_request(route, method, status, took);
  }
  void rejected(RejectReason reason) override { metrics_.count_rejected(reason); }
  void connections(std::size_t open) override { metrics_.set_connections(open); }

 private:
  telemetry::Metrics& metrics_;
};

}  // namespace kentongan::app
