// SPDX-License-Identifier: Apache-2.0
#include "app/telling.hpp"

#include <gtest/gtest.h>

namespace kentongan::app {
namespace {

telemetry::Snapshot part(std::uint64_t n) {
  telemetry::Snapshot snapshot;
  snapshot.rules = {{"a", {n, n + 1, n + 2, n + 3, n + 4}}, {"b", {0, 0, 0, n, 0}}};
  snapshot.dropped_campaigns = n;
  snapshot.alerts_firing = {0, n, 0, 0};
  return snapshot;
}

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

TEST(Board, SumsWhatEachShardDid) {
  telemetry::Metrics metrics({"1", "c"});
  Board board(metrics, 2);
  board.put(0, part(10), {.records = 3, .age = std::chrono::seconds(2), .partitions = 1});
  board.put(1, part(100), {.records = 4, .age = std::chrono::seconds(7), .partitions = 2});
  board.put(0, part(20), {.records = 1, .age = std::chrono::seconds(1), .partitions = 1});
  const std::string text = metrics.text();
  for (const std::string line :
       {R"(kentongan_rule_evaluations_total{rule="a"} 120)", R"(kentongan_rule_matches_total{rule="a"} 122)",
        R"(kentongan_rule_late_total{rule="a"} 124)", R"(kentongan_rule_errors_total{rule="a"} 126)",
        R"(kentongan_rule_dropped_total{rule="a"} 128)", R"(kentongan_rule_errors_total{rule="b"} 120)",
        R"(kentongan_alerts_open{level="waspada",state="firing"} 120)"}) {
    EXPECT_TRUE(has_line(text, line)) << line << "\n" << text;
  }
  EXPECT_TRUE(has_line(text, "kentongan_campaign_entries_dropped_total 120"));
  EXPECT_TRUE(has_line(text, "kentongan_consumer_lag_records 5"));
  EXPECT_TRUE(has_line(text, "kentongan_consumer_lag_seconds 7"));
  EXPECT_TRUE(has_line(text, "kentongan_partitions 3"));
}

TEST(Board, SumsByRuleWhenShardsHaveDifferentOnes) {
  telemetry::Metrics metrics({"1", "c"});
  Board board(metrics, 2);
  telemetry::Snapshot before;
  before.rules = {{"b", {1, 0, 0, 0, 0}}, {"c", {2, 0, 0, 0, 0}}};
  telemetry::Snapshot after;
  after.rules = {{"a", {4, 0, 0, 0, 0}}, {"c", {8, 0, 0, 0, 0}}, {"d", {16, 0, 0, 0, 0}}};
  board.put(0, before, {});
  board.put(1, after, {});
  const std::string text = metrics.text();
  for (const std::string line :
       {R"(kentongan_rule_evaluations_total{rule="a"} 4)", R"(kentongan_rule_evaluations_total{rule="b"} 1)",
        R"(kentongan_rule_evaluations_total{rule="c"} 10)", R"(kentongan_rule_evaluations_total{rule="d"} 16)"}) {
    EXPECT_TRUE(has_line(text, line)) << line << "\n" << text;
  }
}

}  // namespace
}  // namespace kentongan::app
