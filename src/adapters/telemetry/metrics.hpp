// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/level.hpp"
#include "domain/output.hpp"
#include "domain/rule_counts.hpp"
#include "domain/time.hpp"
#include "domain/words.hpp"

namespace kentongan::telemetry {

struct BuildInfo {
  std::string version;
  std::string commit;
};

/// A kelurahan above aman.
struct AreaSeries {
  std::string code;
  double score = 0;
  Level level = Level::aman;
};

/// What one rule has done since the program started. The numbers only grow.
struct RuleSeries {
  std::string rule;
  RuleCounts counts;
};

/// The series that come and go, as they are at one moment. Published whole; the last one is shown.
struct Snapshot {
  std::vector<AreaSeries> areas;  ///< of level aman: left out
  std::array<std::uint64_t, kLevels> areas_by_level{};
  std::array<std::uint64_t, kLevels> alerts_firing{};  ///< by level
  std::array<std::uint64_t, kLevels> alerts_acknowledged{};
  std::vector<RuleSeries> rules;
  std::string rules_version;            ///< empty: no rules are loaded
  std::uint64_t dropped_campaigns = 0;  ///< campaign entries forgotten early, since the program started
};

/// The metrics of the program. Thread-safe; counting is a few atomic operations. Names: catalog.hpp.
class Metrics {
 public:
  static constexpr std::size_t kAreaSeriesMax = 1000;

  explicit Metrics(const BuildInfo& build, std::size_t area_series_max = kAreaSeriesMax);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// The label is the event's type in full (kentongan.report.v1); nullopt, where it could not be read: `unknown`.
  void count_events(std::optional<EventType> type, Verdict verdict, std::uint64_t events = 1);
  void count_dead_letter(RejectReason reason);
  void count_alert_step(Level level, AlertStepKind step);
  void observe_symptom_to_alert(std::chrono::milliseconds took);
  void observe_commit(std::chrono::nanoseconds took, std::size_t records);
  void set_consumer_lag(std::uint64_t records);
  void set_consumer_lag_age(std::chrono::milliseconds age);
  void count_commit_failure();
  void set_restore_duration(std::chrono::nanoseconds took);
  void set_restore_records(std::uint64_t records);
  void set_partitions(std::size_t partitions);
  void set_read_model_lag(std::uint64_t records);
  /// What the last look at changed rule files came to; `since`: when a good set was read last, if it is.
  /// `owners`: of the rules in files that are wrong.
  void set_rules_reload(bool good, std::optional<TimePoint> since, const std::vector<std::string>& owners = {});
  void set_stalled(std::chrono::milliseconds since);

  /// `route` is the pattern of a path, `method` a known one or "other": never what a client wrote.
  void observe_request(std::string_view route, std::string_view method, unsigned status, std::chrono::nanoseconds took);
  void count_rejected(RejectReason reason);
  void set_connections(std::size_t open);

  /// To be called at least once a second by whatever must not get stuck.
  void beat();
  void publish(Snapshot snapshot);

  /// Everything in the text format of Prometheus 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kentongan::telemetry
