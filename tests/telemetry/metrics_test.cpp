// SPDX-License-Identifier: Apache-2.0
#include "adapters/telemetry/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "adapters/telemetry/catalog.hpp"
#include "scrape.hpp"

namespace kentongan::telemetry {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

const BuildInfo kBuild{"0.1.0", "abc123"};

AreaSeries area(std::string code, double score, Level level) { return {std::move(code), score, level}; }

TEST(Metrics, EveryMetricOfTheCatalogIsInTheScrapeWithItsTypeAndHelp) {
  Metrics metrics(kBuild);
  fill(metrics);
  const auto text = metrics.text();
  for (const auto& spec : catalog()) {
    EXPECT_THAT(text, HasSubstr("# HELP " + std::string(spec.name) + ' ' + std::string(spec.help) + '\n'));
    EXPECT_THAT(text, HasSubstr("# TYPE " + std::string(spec.name) + ' ' + std::string(name_of(spec.type)) + '\n'));
  }
}

TEST(Metrics, TheScrapeHoldsNoMetricThatIsNotInTheCatalog) {
  Metrics metrics(kBuild);
  fill(metrics);
  for (const auto& name : families_in(metrics.text())) {
    const auto known = [&name](const MetricSpec& spec) { return spec.name == name; };
    EXPECT_TRUE(std::ranges::any_of(catalog(), known)) << name;
  }
}

TEST(Metrics, TheLabelsOfEverySeriesAreThoseOfTheCatalog) {
  Metrics metrics(kBuild);
  fill(metrics);
  const auto text = metrics.text();
  for (const auto& spec : catalog()) {
    const auto found = labels_in(text, std::string(spec.name));
    ASSERT_FALSE(found.empty()) << spec.name;
    for (const auto& labels : found) EXPECT_EQ(labels, sorted_labels(spec.labels)) << spec.name;
  }
}

TEST(Metrics, ClosedSetsOfLabelsBeginAtZero) {
  const Metrics metrics(kBuild);
  const auto text = metrics.text();
  EXPECT_EQ(value_of(text, R"(kentongan_events_total{type="kentongan.report.v1",verdict="applied"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_events_total{type="unknown",verdict="dead_letter"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_dead_letters_total{reason="personal_data"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_http_rejected_total{reason="future"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_alerts_total{level="awas",step="withdrawn"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_alerts_open{level="siaga",state="firing"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_areas{level="aman"})"), 0);
  EXPECT_EQ(count_of(text, "kentongan_events_total{"), 6 * kVerdicts);
  EXPECT_EQ(count_of(text, "kentongan_dead_letters_total{"), kRejectReasons);
  EXPECT_EQ(count_of(text, "kentongan_alerts_total{"), 3U * 12U);
}

TEST(Metrics, WhatIsCountedIsShown) {
  Metrics metrics(kBuild);
  fill(metrics);
  const auto text = metrics.text();
  EXPECT_EQ(value_of(text, R"(kentongan_events_total{type="kentongan.action.v1",verdict="late"})"), 7);
  EXPECT_EQ(value_of(text, R"(kentongan_events_total{type="unknown",verdict="dead_letter"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_dead_letters_total{reason="too_old"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_http_rejected_total{reason="too_deep"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_alerts_total{level="siaga",step="escalated"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_http_requests_total{code="202",method="POST",route="/v1/events"})"), 2);
  EXPECT_EQ(value_of(text, R"(kentongan_http_request_duration_seconds_bucket{route="/v1/events",le="0.005"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_http_request_duration_seconds_count{route="/v1/events"})"), 2);
  EXPECT_EQ(value_of(text, "kentongan_commit_records_sum"), 100);
  EXPECT_EQ(value_of(text, R"(kentongan_commit_duration_seconds_bucket{le="0.025"})"), 1);
  EXPECT_EQ(value_of(text, "kentongan_symptom_to_alert_seconds_sum"), 90);
  EXPECT_EQ(value_of(text, R"(kentongan_alert_acknowledge_seconds_sum{level="siaga"})"), 240);
  EXPECT_EQ(value_of(text, R"(kentongan_alert_resolve_seconds_sum{level="siaga"})"), 7200);
  EXPECT_EQ(value_of(text, "kentongan_consumer_lag_records"), 12);
  EXPECT_EQ(value_of(text, "kentongan_http_connections"), 3);
  EXPECT_EQ(value_of(text, R"(kentongan_area_risk{area="35.73.02.1004"})"), 41.5);
  EXPECT_EQ(value_of(text, R"(kentongan_area_level{area="35.73.02.1004"})"), 2);
  EXPECT_EQ(value_of(text, R"(kentongan_areas{level="aman"})"), 56);
  EXPECT_EQ(value_of(text, R"(kentongan_alerts_open{level="siaga",state="acknowledged"})"), 4);
  EXPECT_EQ(value_of(text, R"(kentongan_rule_matches_total{rule="x"})"), 20);
  EXPECT_EQ(value_of(text, R"(kentongan_rule_evaluations_total{rule="x"})"), 100);
  EXPECT_EQ(value_of(text, R"(kentongan_rule_errors_total{rule="x"})"), 3);
  EXPECT_EQ(value_of(text, R"(kentongan_rule_dropped_total{rule="x"})"), 7);
  EXPECT_EQ(value_of(text, "kentongan_campaign_entries_dropped_total"), 2);
  EXPECT_EQ(value_of(text, R"(kentongan_rules_info{version="r1"})"), 1);
}

TEST(Metrics, WhatMapsAndTablesJoinIsShown) {
  Metrics metrics(kBuild);
  fill(metrics);
  const auto text = metrics.text();
  EXPECT_THAT(text, HasSubstr(R"(kentongan_area_info{area="35.73.02.1004",name="Klojen",district="Klojen \"Kota\"",)"
                              R"(lat="-7.978600",lon="112.630000"} 1)"));
  EXPECT_EQ(value_of(text, R"(kentongan_rule_info{rule="x",kind="count",status="live"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_rule_alerts_total{rule="x"})"), 5);
  EXPECT_EQ(value_of(text, R"(kentongan_rule_alerts_open{rule="x"})"), 2);
}

TEST(Metrics, WhatStandsBeforeTheCitiesIsShown) {
  Metrics metrics(kBuild);
  EXPECT_EQ(value_of(metrics.text(), "kentongan_clock_timestamp_seconds"), 0);
  EXPECT_EQ(value_of(metrics.text(), R"(kentongan_clashes_ahead{days="7"})"), 0);
  fill(metrics);
  const auto text = metrics.text();
  EXPECT_EQ(value_of(text, "kentongan_clock_timestamp_seconds"), 1732700000);
  EXPECT_EQ(value_of(text, R"(kentongan_stage_end_timestamp_seconds{election="pilkada-2024",stage="campaign"})"),
            1732800000);
  EXPECT_EQ(value_of(text, R"(kentongan_voting_timestamp_seconds{election="pilkada-2024"})"), 1732900000);
  EXPECT_EQ(value_of(text, R"(kentongan_campaign_entries_ahead{days="2"})"), 1);
  EXPECT_EQ(value_of(text, R"(kentongan_clashes_ahead{days="1"})"), 2);
  EXPECT_EQ(value_of(text, R"(kentongan_consignments{step="returned"})"), 1);
}

TEST(Metrics, AllEventsOfABatchCountInTheOneBucketThatIsTheirs) {
  Metrics metrics(kBuild);
  fill(metrics);
  const auto text = metrics.text();
  EXPECT_EQ(value_of(text, R"(kentongan_event_to_alert_seconds_bucket{le="0.05"})"), 0);
  EXPECT_EQ(value_of(text, R"(kentongan_event_to_alert_seconds_bucket{le="0.1"})"), 40);
  EXPECT_EQ(value_of(text, R"(kentongan_event_to_alert_seconds_bucket{le="1800"})"), 40);
  EXPECT_EQ(value_of(text, R"(kentongan_event_to_alert_seconds_bucket{le="+Inf"})"), 42);
  EXPECT_DOUBLE_EQ(value_of(text, "kentongan_event_to_alert_seconds_sum"), 40 * 0.08 + 2 * 7200);
}

TEST(Metrics, TheHeartbeatIsNow) {
  Metrics metrics(kBuild);
  EXPECT_EQ(value_of(metrics.text(), "kentongan_heartbeat_timestamp_seconds"), 0);
  const auto before = std::chrono::system_clock::now().time_since_epoch() / 1s;
  metrics.beat();
  EXPECT_GE(value_of(metrics.text(), "kentongan_heartbeat_timestamp_seconds"), static_cast<double>(before));
}

TEST(Metrics, TheBuildIsNamed) {
  EXPECT_THAT(Metrics(kBuild).text(), HasSubstr(R"(commit="abc123")"));
  EXPECT_THAT(Metrics(kBuild).text(), HasSubstr(R"(version="0.1.0")"));
}

TEST(Metrics, AStepOfAnAlertWithoutALevelIsNotCounted) {
  Metrics metrics(kBuild);
  metrics.count_alert_step(Level::aman, AlertStepKind::fired);
  EXPECT_THAT(metrics.text(), Not(HasSubstr(R"(kentongan_alerts_total{level="aman")")));
}

TEST(SnapshotSeries, AreasGoWhenTheyAreSafeAgain) {
  Metrics metrics(kBuild);
  Snapshot snapshot;
  snapshot.areas = {area("a", 12, Level::waspada), area("b", 3, Level::aman)};
  metrics.publish(snapshot);
  EXPECT_EQ(value_of(metrics.text(), R"(kentongan_area_level{area="a"})"), 1);
  EXPECT_THAT(metrics.text(), Not(HasSubstr(R"(area="b")")));
  metrics.publish({});
  EXPECT_THAT(metrics.text(), Not(HasSubstr(R"(area="a")")));
  EXPECT_EQ(value_of(metrics.text(), "kentongan_area_series"), 0);
}

TEST(SnapshotSeries, AnotherVersionOfTheRulesTakesThePlaceOfTheLast) {
  Metrics metrics(kBuild);
  for (const auto* version : {"r1", "r2"}) {
    Snapshot snapshot;
    snapshot.rules_version = version;
    metrics.publish(snapshot);
  }
  EXPECT_EQ(count_of(metrics.text(), "kentongan_rules_info{"), 1U);
  EXPECT_EQ(value_of(metrics.text(), R"(kentongan_rules_info{version="r2"})"), 1);
}

TEST(SnapshotSeries, TheCapKeepsTheHighestAndSaysWhatItLeftOut) {
  Metrics metrics(kBuild, 2);
  Snapshot snapshot;
  snapshot.areas = {area("low", 90, Level::waspada), area("mid", 30, Level::siaga), area("high", 61, Level::awas),
                    area("safe", 9, Level::aman), area("mid2", 40, Level::siaga)};
  metrics.publish(snapshot);
  const auto text = metrics.text();
  EXPECT_EQ(count_of(text, "kentongan_area_risk{"), 2U);
  EXPECT_EQ(value_of(text, R"(kentongan_area_risk{area="high"})"), 61);
  EXPECT_EQ(value_of(text, R"(kentongan_area_risk{area="mid2"})"), 40);
  EXPECT_EQ(value_of(text, "kentongan_area_series"), 2);
  EXPECT_EQ(value_of(text, "kentongan_area_series_max"), 2);
  EXPECT_EQ(value_of(text, "kentongan_area_series_omitted"), 2);
}

TEST(SnapshotSeries, ANationAboveAmanStaysBelowTheCapAndTheNumbersSaySo) {
  Metrics metrics(kBuild);
  Snapshot snapshot;
  for (int i = 0; i < 84'000; ++i) snapshot.areas.push_back(area(std::to_string(i), 10 + i, Level::waspada));
  snapshot.areas_by_level = {0, 84'000, 0, 0};
  metrics.publish(snapshot);
  const auto text = metrics.text();
  EXPECT_EQ(count_of(text, "kentongan_area_risk{"), Metrics::kAreaSeriesMax);
  EXPECT_EQ(value_of(text, R"(kentongan_area_risk{area="83999"})"), 84'009) << "the highest are kept";
  EXPECT_EQ(value_of(text, "kentongan_area_series_omitted"), 84'000 - static_cast<double>(Metrics::kAreaSeriesMax));
  EXPECT_EQ(value_of(text, R"(kentongan_areas{level="waspada"})"), 84'000) << "the counts have all of them";
}

TEST(ProcessSeries, TheyAreThoseOfThisProcess) {
  const auto text = Metrics(kBuild).text();
  const auto now = static_cast<double>(std::chrono::system_clock::now().time_since_epoch() / 1s);
  EXPECT_GT(value_of(text, "process_cpu_seconds_total"), 0);
  EXPECT_GT(value_of(text, "process_resident_memory_bytes"), 1024 * 1024);
  EXPECT_GT(value_of(text, "process_virtual_memory_bytes"), value_of(text, "process_resident_memory_bytes"));
  EXPECT_GE(value_of(text, "process_open_fds"), 3);
  EXPECT_GE(value_of(text, "process_max_fds"), value_of(text, "process_open_fds"));
  EXPECT_LE(value_of(text, "process_start_time_seconds"), now + 2);
  EXPECT_GT(value_of(text, "process_start_time_seconds"), now - 86400);
}

TEST(ProcessSeries, AnOpenFileIsSeen) {
  const Metrics metrics(kBuild);
  const auto before = value_of(metrics.text(), "process_open_fds");
  const int extra = dup(STDIN_FILENO);
  ASSERT_GE(extra, 0);
  EXPECT_EQ(value_of(metrics.text(), "process_open_fds"), before + 1);
  close(extra);
}

TEST(Metrics, ManyThreadsCountAndScrape) {
  Metrics metrics(kBuild);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&metrics] {
      for (int i = 0; i < 500; ++i) {
        metrics.count_events(EventType::report, Verdict::applied);
        metrics.observe_request("/livez", "GET", 200 + static_cast<unsigned>(i % 5), 1ms);
        Snapshot snapshot;
        snapshot.areas = {area(std::to_string(i), 12, Level::waspada)};
        metrics.publish(snapshot);
        if (i % 50 != 0) continue;
        EXPECT_THAT(metrics.text(), HasSubstr("kentongan_area_risk"));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(value_of(metrics.text(), R"(kentongan_events_total{type="kentongan.report.v1",verdict="applied"})"), 2000);
  EXPECT_EQ(value_of(metrics.text(), R"(kentongan_http_request_duration_seconds_count{route="/livez"})"), 2000);
}

}  // namespace
}  // namespace kentongan::telemetry
