// SPDX-License-Identifier: Apache-2.0
// People of one household speak with one voice: in ranks, behind levels, and where reporters are counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kLevels = R"(
risk: {levels: {waspada: 10, siaga: 25, awas: 60}}
rules:
  - {id: s, match: {category: intimidation}, score: {add: 20, half_life: 7d}}
  - {id: high, level: {at: siaga}, alert: {message: {id: m}}})";

constexpr std::string_view kCount = R"(
rules:
  - {id: c, count: {at_least: 2, within: 1d, distinct: reporter.ref}, alert: {level: siaga, message: {id: m}}})";

std::vector<std::string> fired(Play& play) {
  std::vector<std::string> rules;
  for (const Output& output : play.outputs()) {
    const auto* step = std::get_if<AlertStep>(&output.data);
    if (step != nullptr && step->step == AlertStepKind::fired) rules.push_back(step->rule);
  }
  return rules;
}

TEST(Household, ItsMembersAreNotTwoBehindALevel) {
  Play play(rules_of(kLevels));
  play.take(report("r-1", at("0s"), {.reporter = "a", .household = "h"}));
  play.take(report("r-2", at("1m"), {.reporter = "b", .household = "h"}));
  play.take(report("r-3", at("2m"), {.reporter = "c", .household = "h"}));
  EXPECT_THAT(fired(play), IsEmpty());
  EXPECT_NEAR(play.score("35.73.02.1004"), 35, 0.1);  // 20, 10 and 5: one voice grows weaker
  play.take(report("r-4", at("3m"), {.reporter = "d"}));
  EXPECT_THAT(fired(play), ElementsAre("high"));
}

TEST(Household, WithoutOneTheSamePeopleAreSeveralVoices) {
  Play play(rules_of(kLevels));
  play.take(report("r-1", at("0s"), {.reporter = "a"}));
  play.take(report("r-2", at("1m"), {.reporter = "b"}));
  EXPECT_THAT(fired(play), ElementsAre("high"));
}

TEST(Household, IsNobodyElseWhoeverHasItsName) {
  Play play(rules_of(kLevels));
  play.take(report("r-1", at("0s"), {.reporter = "a", .household = "b"}));
  play.take(report("r-2", at("1m"), {.reporter = "b"}));
  EXPECT_NEAR(play.score("35.73.02.1004"), 40, 0.1);
  EXPECT_THAT(fired(play), ElementsAre("high"));
}

TEST(Household, CountsAsOneReporter) {
  Play play(rules_of(kCount));
  play.take(report("r-1", at("0s"), {.reporter = "a", .household = "h"}));
  play.take(report("r-2", at("1m"), {.reporter = "b", .household = "h"}));
  EXPECT_THAT(fired(play), IsEmpty());
  play.take(report("r-3", at("2m"), {.reporter = "h"}));
  EXPECT_THAT(fired(play), ElementsAre("c"));
}

TEST(Household, ACorrectionMayBringItOrTakeItAway) {
  Play play(rules_of(kCount));
  play.take(report("r-1", at("0s"), {.reporter = "a", .household = "h"}));
  play.take(report("r-2", at("1m"), {.reporter = "b", .household = "h"}));
  play.take(report("x-1", at("2m"), {.reporter = "b", .corrects = "r-2"}));
  play.take(report("r-3", at("3m"), {.reporter = "c", .household = "i"}));
  EXPECT_THAT(fired(play), ElementsAre("c"));

  Play other(rules_of(kLevels));
  other.take(report("r-1", at("0s"), {.reporter = "a"}));
  other.take(report("r-2", at("1m"), {.reporter = "b", .household = "h"}));
  EXPECT_NEAR(other.score("35.73.02.1004"), 40, 0.1);
  other.take(report("x-1", at("2m"), {.reporter = "a", .corrects = "r-1", .household = "h"}));
  EXPECT_NEAR(other.score("35.73.02.1004"), 30, 0.1);
}

TEST(Household, HouseholdsThemselvesCanBeCounted) {
  Play play(rules_of(R"(
rules:
  - {id: c, count: {at_least: 2, within: 1d, distinct: reporter.household}, alert: {level: siaga, message: {id: m}}})"));
  play.take(report("r-1", at("0s"), {.reporter = "a", .household = "h"}));
  play.take(report("r-2", at("1m"), {.reporter = "b", .household = "h"}));
  play.take(report("r-3", at("2m"), {.reporter = "c"}));
  EXPECT_THAT(fired(play), IsEmpty());
  play.take(report("r-4", at("3m"), {.reporter = "c", .household = "i"}));
  EXPECT_THAT(fired(play), ElementsAre("c"));
}

}  // namespace
}  // namespace kentongan::engine::testing
