// SPDX-License-Identifier: Apache-2.0
#include "adapters/telemetry/catalog.hpp"

#include <array>
#include <cstddef>

namespace kentongan::telemetry {
namespace {

using enum MetricId;
using enum MetricType;

constexpr std::array kCatalog{
    MetricSpec{events, "kentongan_events_total", counter, "type, verdict",
               "Events read, each once, by type and by what became of them."},
    MetricSpec{dead_letters, "kentongan_dead_letters_total", counter, "reason", "Events put aside, by reason."},
    MetricSpec{alerts, "kentongan_alerts_total", counter, "level, step", "Steps in the lives of alerts, by level."},
    MetricSpec{alerts_open, "kentongan_alerts_open", gauge, "level, state", "Alerts that are not closed."},
    MetricSpec{areas, "kentongan_areas", gauge, "level", "Kelurahan at each level."},
    MetricSpec{area_risk, "kentongan_area_risk", gauge, "area", "Risk score of a kelurahan above aman."},
    MetricSpec{area_level, "kentongan_area_level", gauge, "area",
               "Level of a kelurahan above aman: 1 waspada, 2 siaga, 3 awas."},
    MetricSpec{area_series, "kentongan_area_series", gauge, "", "Kelurahan that have series of their own now."},
    MetricSpec{area_series_max, "kentongan_area_series_max", gauge, "",
               "Kelurahan that may have series of their own: the highest by level and score."},
    MetricSpec{area_series_omitted, "kentongan_area_series_omitted", gauge, "",
               "Kelurahan above aman that have no series because of kentongan_area_series_max."},
    MetricSpec{rules_info, "kentongan_rules_info", gauge, "version", "Always 1; the version of the rules in use."},
    MetricSpec{rules_reload_success, "kentongan_rules_reload_success", gauge, "",
               "Whether the rule files were good when they were read last; 0: the rules before them stay in use."},
    MetricSpec{
        rules_wrong, "kentongan_rules_wrong", gauge, "owner",
        "Whether rules of this owner stand in files that were wrong when they were read last; 100 owners at most."},
    MetricSpec{rules_reload_time, "kentongan_rules_reload_time_seconds", gauge, "",
               "When good rule files were read last, in seconds since 1970."},
    MetricSpec{rules_reloads, "kentongan_rules_reloads_total", counter, "outcome",
               "Times that rule files were read, at the start and after changes: good or failed."},
    MetricSpec{rule_evaluations, "kentongan_rule_evaluations_total", counter, "rule",
               "Events that were tried against a condition of a rule: those that the index did not rule out."},
    MetricSpec{rule_matches, "kentongan_rule_matches_total", counter, "rule",
               "Conditions of a rule that an event satisfied; of a sequence each step counts."},
    MetricSpec{rule_late, "kentongan_rule_late_total", counter, "rule",
               "Events that satisfied the condition of a rule too late for its windows."},
    MetricSpec{rule_errors, "kentongan_rule_errors_total", counter, "rule",
               "Conditions that could not be told, and weights that were none: a missing field, an overflow."},
    MetricSpec{rule_dropped, "kentongan_rule_dropped_total", counter, "rule",
               "Events that a rule forgot early, because one of its scopes had too many."},
    MetricSpec{campaigns_dropped, "kentongan_campaign_entries_dropped_total", counter, "",
               "Campaign entries that were forgotten early, because their city had too many."},
    MetricSpec{commit_duration, "kentongan_commit_duration_seconds", histogram, "",
               "Time to commit a batch with its effects."},
    MetricSpec{commit_records, "kentongan_commit_records", histogram, "", "Input records in a committed batch."},
    MetricSpec{consumer_lag, "kentongan_consumer_lag_records", gauge, "", "Input records stored and not yet applied."},
    MetricSpec{consumer_lag_seconds, "kentongan_consumer_lag_seconds", gauge, "",
               "Age of the input applied last, while others wait; always 0 with the embedded journal."},
    MetricSpec{commit_failures, "kentongan_commit_failures_total", counter, "",
               "Failures after which state was restored and inputs are read again."},
    MetricSpec{restore_duration, "kentongan_restore_duration_seconds", gauge, "",
               "Time that the last restore of state took."},
    MetricSpec{restore_records, "kentongan_restore_records", gauge, "",
               "Records read by the restore that runs, or ran last; always 0 with the embedded journal."},
    MetricSpec{partitions, "kentongan_partitions", gauge, "",
               "Partitions that this process works on; always 0 with the embedded journal."},
    MetricSpec{read_model_lag, "kentongan_read_model_lag_records", gauge, "",
               "Outputs that the answers to readers do not contain yet; always 0 with the embedded journal."},
    MetricSpec{symptom_to_alert, "kentongan_symptom_to_alert_seconds", histogram, "",
               "Event time from the first event behind an alert to its firing."},
    MetricSpec{http_requests, "kentongan_http_requests_total", counter, "route, method, code", "Requests answered."},
    MetricSpec{http_duration, "kentongan_http_request_duration_seconds", histogram, "route",
               "Time from the whole header of a request to its whole answer."},
    MetricSpec{http_rejected, "kentongan_http_rejected_total", counter, "reason",
               "Events that the HTTP door refused, by reason; they are no dead letters."},
    MetricSpec{http_connections, "kentongan_http_connections", gauge, "", "HTTP connections open now."},
    MetricSpec{heartbeat, "kentongan_heartbeat_timestamp_seconds", gauge, "",
               "When the stream last went round, even without events; an old value means that it is stuck."},
    MetricSpec{stalled, "kentongan_stalled_seconds", gauge, "",
               "How long a worker has made no progress; 0: all of them do."},
    MetricSpec{build_info, "kentongan_build_info", gauge, "version, commit, compiler",
               "Always 1; what this program was built from."},
    MetricSpec{process_cpu, "process_cpu_seconds_total", counter, "", "User and system CPU time spent."},
    MetricSpec{process_resident, "process_resident_memory_bytes", gauge, "", "Resident memory."},
    MetricSpec{process_virtual, "process_virtual_memory_bytes", gauge, "", "Virtual memory."},
    MetricSpec{process_open_fds, "process_open_fds", gauge, "", "Open file descriptors."},
    MetricSpec{process_max_fds, "process_max_fds", gauge, "", "File descriptors that may be open."},
    MetricSpec{process_start_time, "process_start_time_seconds", gauge, "",
               "When the process started, in seconds since 1970."},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kCatalog.size(); ++i) {
    if (kCatalog[i].id != static_cast<MetricId>(i)) return false;
  }
  return kCatalog.size() == static_cast<std::size_t>(process_start_time) + 1;
}
static_assert(is_in_order());

}  // namespace

std::string_view name_of(MetricType type) {
  constexpr std::array<std::string_view, 3> names{"counter", "gauge", "histogram"};
  return names[static_cast<std::size_t>(type)];
}

std::span<const MetricSpec> catalog() { return kCatalog; }
const MetricSpec& spec_of(MetricId id) { return kCatalog[static_cast<std::size_t>(id)]; }

}  // namespace kentongan::telemetry
