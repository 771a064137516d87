// SPDX-License-Identifier: Apache-2.0
#include "app/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kentongan::app {
namespace {

using ::testing::ElementsAre;

LocalDay day(std::string_view text) { return *parse_day(text); }

Stage stage(std::string_view name, std::string_view first, std::string_view last, std::string election = "e") {
  return {std::move(election), std::string(name), day(first), day(last)};
}

const LocalZone kZone("Asia/Jakarta", {{TimePoint{}, std::chrono::hours(7)}});

/// "ELECTION STAGE MOMENT" at this local time.
std::vector<std::string> told(std::string_view now, const std::vector<Stage>& stages) {
  std::vector<std::string> lines;
  for (const auto& one : stages_at(*parse_rfc3339(std::string(now) + "+07:00"), kZone, stages)) {
    lines.push_back(one.election + ' ' + one.stage + ' ' + format_rfc3339(one.moment, std::chrono::hours(7)));
  }
  return lines;
}

const std::vector<Stage> kElection{stage("campaign", "2024-09-25", "2024-11-23"),
                                   stage("quiet_period", "2024-11-24", "2024-11-26"),
                                   stage("voting", "2024-11-27", "2024-11-27")};
const std::string kVote = "e  2024-11-27T00:00:00+07:00";

TEST(StagesAt, TheStageThatRunsUntilItsLastDayIsOverAndTheVote) {
  EXPECT_THAT(told("2024-09-24T23:59:59", kElection), ElementsAre(kVote));
  EXPECT_THAT(told("2024-09-25T00:00:00", kElection), ElementsAre("e campaign 2024-11-24T00:00:00+07:00", kVote));
  EXPECT_THAT(told("2024-11-26T23:59:59", kElection), ElementsAre("e quiet_period 2024-11-27T00:00:00+07:00", kVote));
  EXPECT_THAT(told("2024-11-27T12:00:00", kElection), ElementsAre("e voting 2024-11-28T00:00:00+07:00", kVote));
  EXPECT_THAT(told("2024-11-28T00:00:00", kElection), ElementsAre());
}

TEST(StagesAt, AVoteOfSeveralDaysIsThereUntilItIsOver) {
  const std::vector<Stage> two{stage("voting", "2024-11-27", "2024-11-28")};
  EXPECT_THAT(told("2024-11-28T09:00:00", two), ElementsAre("e voting 2024-11-29T00:00:00+07:00", kVote));
}

TEST(StagesAt, TheNearestElectionsAreToldAndNoMoreThanTheLimit) {
  std::vector<Stage> many;
  for (int i = 0; i < 200; ++i) {
    const LocalDay when = day("2025-01-01") + std::chrono::days(200 - i);
    many.push_back({"e" + std::to_string(i), "voting", when, when});
  }
  const auto found = stages_at(*parse_rfc3339("2024-11-27T00:00:00Z"), kZone, many);
  ASSERT_EQ(found.size(), kMostStages);
  EXPECT_EQ(found.front().election, "e199");
}

TEST(SnapshotSum, OfTheCalendarTheGreaterClockCounts) {
  using namespace std::chrono_literals;
  telemetry::Snapshot sum;
  telemetry::Snapshot behind, ahead;
  behind.clock = TimePoint(10s);
  behind.stages = {{"e", "campaign", TimePoint(3s)}};
  behind.consignments = {1, 0, 0, 0, 2};
  ahead.clock = TimePoint(20s);
  ahead.stages = {{"e", "quiet_period", TimePoint(4s)}};
  ahead.consignments = {1, 1, 0, 0, 0};
  for (const auto* part : {&ahead, &behind}) add(sum, *part);
  EXPECT_EQ(sum.clock, TimePoint(20s));
  ASSERT_EQ(sum.stages.size(), 1U);
  EXPECT_EQ(sum.stages[0].stage, "quiet_period");
  EXPECT_THAT(sum.consignments, ElementsAre(2, 1, 0, 0, 2));
}

TEST(SnapshotSum, AlertsOfARuleAddUp) {
  telemetry::Snapshot sum, part;
  part.rules = {{"a", {}, "count", "live", 3, 1}};
  add(sum, part);
  add(sum, part);
  ASSERT_EQ(sum.rules.size(), 1U);
  EXPECT_EQ(sum.rules[0].fired, 6U);
  EXPECT_EQ(sum.rules[0].open, 2U);
  EXPECT_EQ(sum.rules[0].kind, "count");
}

}  // namespace
}  // namespace kentongan::app
