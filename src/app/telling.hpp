// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "adapters/http/observer.hpp"
#include "adapters/telemetry/metrics.hpp"
#include "app/shard.hpp"
#include "rules/rule.hpp"

namespace kentongan::app {

/// What the shard does, as metrics and log lines.
class ShardTelling : public ShardObserver {
 public:
  /// `lag`: records that are durable and not yet applied.
  ShardTelling(telemetry::Metrics& metrics, const rules::RuleSet& rules, const Reference& reference,
               std::function<std::uint64_t()> lag);
  void committed(const Tally& tally, const std::vector<Output>& outputs, std::size_t records,
                 std::chrono::nanoseconds took) override;
  void commit_failed(const Error& error) override;
  void pulse(const engine::Engine& engine, const std::vector<std::uint64_t>& matches,
             const std::vector<std::uint64_t>& late, const std::vector<std::uint64_t>& errors) override;

 private:
  void count_alert(const AlertStep& step, TimePoint time);

  telemetry::Metrics& metrics_;
  const rules::RuleSet& rules_;
  const Reference& reference_;
  std::function<std::uint64_t()> lag_;
  std::string rules_version_;
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
