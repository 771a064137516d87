// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

/// Every metric of the program: its name, type, labels and help stand here and nowhere else.
/// docs/reference/metrics.md repeats the table; a test compares them.
namespace kentongan::telemetry {

enum class MetricId : unsigned char {
  events,
  dead_letters,
  alerts,
  alerts_open,
  areas,
  area_risk,
  area_level,
  area_series,
  area_series_max,
  area_series_omitted,
  rules_info,
  rules_reload_success,
  rules_wrong,
  rules_reload_time,
  rules_reloads,
  rule_evaluations,
  rule_matches,
  rule_late,
  rule_errors,
  rule_dropped,
  campaigns_dropped,
  commit_duration,
  commit_records,
  consumer_lag,
  consumer_lag_seconds,
  commit_failures,
  restore_duration,
  restore_records,
  partitions,
  read_model_lag,
  symptom_to_alert,
  http_requests,
  http_duration,
  http_rejected,
  http_connections,
  heartbeat,
  stalled,
  build_info,
  process_cpu,
  process_resident,
  process_virtual,
  process_open_fds,
  process_max_fds,
  process_start_time,
};

enum class MetricType : unsigned char { counter, gauge, histogram };
[[nodiscard]] std::string_view name_of(MetricType type);

struct MetricSpec {
  MetricId id;
  std::string_view name;
  MetricType type;
  std::string_view labels;  ///< comma between them; empty: none
  std::string_view help;
};

/// In the order of MetricId.
[[nodiscard]] std::span<const MetricSpec> catalog();
[[nodiscard]] const MetricSpec& spec_of(MetricId id);

}  // namespace kentongan::telemetry
