// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/telemetry/metrics.hpp"
#include "app/shard.hpp"
#include "engine/insight.hpp"

namespace kentongan::app {

/// Sums up what two shards did. Of the calendar the one with the greater clock counts.
void add(telemetry::Snapshot& sum, const telemetry::Snapshot& part);

/// Stages that run at this moment, and elections whose voting is not over, the nearest first; at most
/// kMostStages of each.
inline constexpr std::size_t kMostStages = 50;
[[nodiscard]] std::vector<telemetry::StageSeries> stages_at(TimePoint now, const LocalZone& zone,
                                                            const std::vector<Stage>& stages);

/// What a shard's engine holds, for the metrics. Used by the shard's thread.
class SnapshotMaker {
 public:
  void count_fired(const std::string& rule) { ++fired_[rule]; }
  [[nodiscard]] telemetry::Snapshot make(const engine::Engine& engine, const EngineCounts& counts);

 private:
  void add_rules(const engine::Engine& engine, const EngineCounts& counts, telemetry::Snapshot& snapshot);
  void look_ahead(const engine::Engine& engine);

  std::map<std::string, std::uint64_t> fired_;  ///< of rules in use
  engine::Outlook outlook_;
  std::chrono::steady_clock::time_point next_look_;
};

}  // namespace kentongan::app
