// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/audit/audit_writer.hpp"
#include "adapters/telemetry/metrics.hpp"
#include "app/config.hpp"
#include "app/rule_book.hpp"
#include "app/rule_keeper.hpp"
#include "app/shards.hpp"
#include "app/signals.hpp"
#include "app/stream/output_ring.hpp"
#include "app/telling.hpp"
#include "ports/access.hpp"
#include "ports/alert_log.hpp"
#include "ports/journal.hpp"

/// Parts of wiring.
namespace kentongan::app {

/// What a service has beside its journal: shards, metrics and the HTTP server.
class ServiceRun {
 public:
  /// The config outlives it. `shards`: how many will be added.
  ServiceRun(const Config& config, LoadedRules loaded, std::size_t shards);
  ~ServiceRun();

  /// A shard over this journal, not yet started. `options` gets the clock of the configuration.
  Shard& add_shard(ports::Journal& journal, std::function<void()> interrupt, std::function<Lag()> lag,
                   ShardOptions options);
  [[nodiscard]] telemetry::Metrics& metrics() noexcept { return metrics_; }

  /// Serves HTTP, and reloads rules, until a signal comes that ends it, then calls `stop`, which ends the shards. An
  /// error: it could not be served; the shards are ended too.
  [[nodiscard]] Result<void> serve(ports::Inbox& inbox, ports::AlertReader& alerts, const ports::RiskReader* risks,
                                   const SignalWait& signals, const std::function<void()>& stop);

  /// The alert log of the journal, for who tells people. To be given before serve().
  using OpenAlertLog = std::function<Result<std::unique_ptr<ports::AlertLog>>(const std::atomic<bool>& stop)>;
  void tell_from(OpenAlertLog open_log) { open_log_ = std::move(open_log); }

  /// The latest outputs, for readers of the stream.
  [[nodiscard]] OutputRing& ring() noexcept { return ring_; }
  /// What feeds the ring, until the flag becomes true; in a thread of its own, while it serves.
  void stream_from(std::function<void(const std::atomic<bool>& stop)> feed) { feed_ = std::move(feed); }

 private:
  struct OneShard {
    std::unique_ptr<ShardTelling> telling;
    std::unique_ptr<Shard> shard;
  };
  [[nodiscard]] KeeperPlan plan_of(Shards& shards);
  /// Tokens and the record.
  [[nodiscard]] Result<void> open_access_of();

  const Config& config_;
  const RuleSource source_;
  RuleBook book_;
  engine::Options engine_options_;
  std::function<TimePoint()> wall_;  ///< empty: the clock follows the events
  telemetry::Metrics metrics_;
  Board board_;
  std::vector<OneShard> shards_;
  std::unique_ptr<Shards> all_;
  OpenAlertLog open_log_;
  OutputRing ring_;
  std::function<void(const std::atomic<bool>& stop)> feed_;
  std::unique_ptr<ports::Access> access_;       ///< null: nobody is asked for a token
  std::unique_ptr<audit::AuditWriter> record_;  ///< null: none is kept
  std::unique_ptr<RuleKeeper> keeper_;          ///< ends first
};

/// wiring_kafka.cpp: the service on Kafka.
[[nodiscard]] Result<void> run_on_kafka(const Config& config, LoadedRules loaded, const SignalWait& signals);

}  // namespace kentongan::app
