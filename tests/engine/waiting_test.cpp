// SPDX-License-Identifier: Apache-2.0
// Sequences, absences and spikes in the engine: deadlines, what comes out of order, corrections.
#include <fmt/format.h>

#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string rule(std::string_view block, std::string_view alert = "") {
  return fmt::format("rules:\n  - {{id: w, {}, alert: {{level: siaga, message: {{id: m}}{}}}}}\n", block,
                     alert.empty() ? "" : ", " + std::string(alert));
}

std::string of(std::string_view id, std::string_view offset, std::string_view category) {
  return report(id, at(offset), {.category = std::string(category)});
}

constexpr std::string_view kSteps =
    "sequence: {within: 2h, steps: [{match: {category: hoax}}, {match: {category: provocation}}]}";
constexpr std::string_view kBetween =
    "sequence: {within: 2h, steps: [{match: {category: hoax}}, {not: true, match: {category: disaster}}, {match: "
    "{category: provocation}}]}";
constexpr std::string_view kBehind =
    "sequence: {within: 2h, steps: [{match: {category: hoax}}, {not: true, match: {category: disaster}}]}";

TEST(Sequence, HoldsAtTheEventThatMakesItWhole) {
  Play play(rule(kSteps));
  play.take(of("r-1", "0s", "provocation"));
  play.take(of("r-2", "1h", "hoax"));
  play.take(of("r-3", "3h", "provocation"));  // two hours behind: not less
  play.take(of("r-4", "4h", "hoax"));
  play.take(of("r-5", "5h59m", "provocation"));
  const auto lines = play.lines();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr(R"("count":2,"distinct":2,"events":["r-4","r-5"],"reasons":[{"code":"sequence")"));
}

TEST(Sequence, WhatComesOutOfOrderMakesItHoldAtTheClock) {
  Play play(rule(kSteps));
  play.take(of("r-1", "1h", "provocation"));
  play.take(of("r-2", "4h", "disaster"));
  play.take(of("r-3", "30m", "hoax"));
  EXPECT_THAT(play.log(), ElementsAre("4h fired w 35.73.02.1004 siaga to=lurah"));
}

TEST(Sequence, ANotStepBetween) {
  Play play(rule(kBetween));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "10m", "disaster"));
  play.take(of("r-3", "20m", "provocation"));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(of("r-4", "30m", "hoax"));
  play.take(of("r-5", "40m", "provocation"));
  EXPECT_THAT(play.log(), ElementsAre("40m fired w 35.73.02.1004 siaga to=lurah"));
}

TEST(Sequence, ANotStepAtTheEndWaitsForItsTime) {
  Play play(rule(kBehind, "quiet_for: 1h"));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "1h", "hoax"));
  play.take(of("r-3", "2h30m", "disaster"));
  play.until("6h");
  EXPECT_THAT(play.log(),
              ElementsAre("2h fired w 35.73.02.1004 siaga to=lurah", "3h resolved w 35.73.02.1004 siaga to=lurah"));
}

TEST(Sequence, ARefutedNotStepLetsADeadlineComeButBeginsNothing) {
  Play play(rule(kBehind));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "1h", "disaster"));
  play.take(refutation("x-1", at("1h30m"), "r-2"));
  play.until("2h");
  EXPECT_THAT(play.log(), ElementsAre("2h fired w 35.73.02.1004 siaga to=lurah"));
  Play late(rule(kBehind));
  late.take(of("r-1", "0s", "hoax"));
  late.take(of("r-2", "1h", "disaster"));
  late.take(refutation("x-1", at("2h30m"), "r-2"));
  late.until("1d");
  EXPECT_THAT(late.log(), IsEmpty());
}

TEST(Sequence, AnAlertIsWithdrawnWithItsEvents) {
  Play play(rule(kSteps, "quiet_for: 1d"));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "10m", "hoax"));
  play.take(of("r-3", "20m", "provocation"));
  play.take(refutation("x-1", at("30m"), "r-2"));
  EXPECT_THAT(play.log(), ElementsAre("20m fired w 35.73.02.1004 siaga to=lurah"));
  play.take(refutation("x-2", at("40m"), "r-1"));
  EXPECT_THAT(play.log(), ElementsAre("40m withdrawn w 35.73.02.1004 siaga to=lurah"));
}

TEST(Sequence, ACorrectionFiresWhatTheEarlierVersionDidNotMatch) {
  Play play(rule(kSteps));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "10m", "hoax"));
  play.take(report("r-3", at("20m"), {.category = "provocation", .corrects = "r-2"}));
  EXPECT_THAT(play.log(), ElementsAre("20m fired w 35.73.02.1004 siaga to=lurah"));
}

TEST(Sequence, StepsOfOtherEvents) {
  Play play(
      rule("sequence: {within: 1d, per: city, steps: [{on: consignment, match: {step: dispatched}}, {match: "
           "{category: logistics}}]}"));
  play.take(event("consignment", "k-1", at("0s"), R"("consignment":"k","area":"35.73.02","step":"dispatched")"));
  play.take(of("r-1", "1h", "logistics"));
  EXPECT_THAT(play.log(), ElementsAre("1h fired w 35.73 siaga to=lurah"));
}

std::string step(std::string_view id, std::string_view offset, std::string_view what,
                 std::string_view consignment = "k", std::string_view area = "35.73.02") {
  return event("consignment", id, at(offset),
               fmt::format(R"("consignment":"{}","area":"{}","step":"{}")", consignment, area, what));
}

constexpr std::string_view kArrival =
    "absence: {after: {on: consignment, match: {step: dispatched}}, expect: {on: consignment, match: {step: arrived}}, "
    "within: 2h, per: consignment}";

TEST(AbsenceRule, HoldsFromTheDeadlineUntilItComes) {
  Play play("rules:\n  - {id: w, " + std::string(kArrival) +
            ", alert: {level: siaga, message: {id: \"{{ consignment.consignment }} {{ count }}\"}, quiet_for: 30m}}\n");
  play.take(step("k-1", "0s", "dispatched"));
  play.until("1h59m");
  EXPECT_THAT(play.open(), IsEmpty());
  play.until("5h");
  const auto lines = play.lines();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr(R"("time":"2024-11-10T10:00:00+07:00")"));
  EXPECT_THAT(lines[0], HasSubstr(R"("message":{"id":"k 1"})"));
  EXPECT_THAT(lines[0], HasSubstr(R"("events":["k-1"],"reasons":[{"code":"overdue")"));
  play.take(step("k-2", "5h", "arrived"));
  play.until("7h");
  EXPECT_THAT(play.log(), ElementsAre("5h30m resolved w k siaga to=lurah"));
}

TEST(AbsenceRule, OneAnswerAnswersAllBeforeIt) {
  Play play(rule(kArrival));
  play.take(step("k-1", "0s", "dispatched"));
  play.take(step("k-2", "1h", "dispatched"));
  play.take(step("k-3", "1h30m", "arrived"));
  play.take(step("k-4", "1h40m", "dispatched", "other"));
  play.until("1d");
  EXPECT_THAT(play.log(), ElementsAre("3h40m fired w other siaga to=lurah"));
}

TEST(AbsenceRule, AnAnswerMustComeBeforeTheDeadline) {
  Play play(rule(kArrival, "quiet_for: 0s"));
  play.take(step("k-1", "0s", "dispatched"));
  play.take(step("k-2", "2h", "arrived"));
  play.until("3h");
  EXPECT_THAT(play.log(), ElementsAre("2h fired w k siaga to=lurah", "2h resolved w k siaga to=lurah"));
}

TEST(AbsenceRule, WhatComesOutOfOrderHoldsAtTheClock) {
  Play play(rule(kArrival));
  play.take(of("r-1", "5h", "hoax"));
  play.take(step("k-1", "0s", "dispatched"));
  EXPECT_THAT(play.log(), ElementsAre("5h fired w k siaga to=lurah"));
  Play answered(rule(kArrival));
  answered.take(step("k-2", "5h", "arrived"));
  answered.take(step("k-1", "0s", "dispatched"));
  EXPECT_THAT(answered.log(), IsEmpty());
}

/// It answers what expired, so that the condition has ended, and is overdue itself.
TEST(AbsenceRule, WhatComesOutOfOrderCanEndOneAndBeginTheNext) {
  Play play(rule("absence: {after: {match: {severity: [1, 3]}}, expect: {match: {severity: [2, 3]}}, within: 1h}",
                 "expires: 30m"));
  play.take(report("r-1", at("0s"), {.severity = 3}));
  play.take(report("r-2", at("1d"), {.severity = 5}));
  EXPECT_THAT(play.log(), ElementsAre("1h fired w 35.73.02.1004 siaga to=lurah,polsek",
                                      "1h30m expired w 35.73.02.1004 siaga to=lurah,polsek"));
  play.take(report("r-3", at("16h"), {.severity = 3}));
  EXPECT_THAT(play.log(), ElementsAre("1d fired w 35.73.02.1004 siaga to=lurah,polsek"));
}

TEST(AbsenceRule, ALateEventIsCountedAndEntersNothing) {
  Play play(rule(kArrival));
  play.take(of("r-1", "3d", "hoax"));
  EXPECT_EQ(play.take(step("k-1", "0s", "dispatched")), "late");
  EXPECT_THAT(play.log(), IsEmpty());
  EXPECT_EQ(play.effects().rules[0].late, 1U);
}

constexpr std::string_view kFollowed =
    "absence: {after: {match: {category: hoax}}, expect: {match: {category: disaster}}, within: 2h}";

TEST(AbsenceRule, EndsByAnOfficerUntilItHasEnded) {
  Play play(rule(kFollowed));
  play.take(of("r-1", "0s", "hoax"));
  play.until("2h");
  play.take(action("x-1", at("3h"), play.last_alert("w"), "resolve"));
  play.take(of("r-2", "4h", "hoax"));
  play.until("7h");
  EXPECT_THAT(play.log(),
              ElementsAre("2h fired w 35.73.02.1004 siaga to=lurah", "3h resolved w 35.73.02.1004 siaga to=lurah"));
  play.take(of("r-3", "8h", "disaster"));
  play.take(of("r-4", "9h", "hoax"));
  play.until("1d");
  EXPECT_THAT(play.log(), ElementsAre("11h fired w 35.73.02.1004 siaga to=lurah"));
}

TEST(AbsenceRule, IsWithdrawnWithWhatAsked) {
  Play play(rule(kFollowed));
  play.take(of("r-1", "0s", "hoax"));
  play.until("3h");
  play.take(refutation("x-1", at("4h"), "r-1"));
  EXPECT_THAT(play.log(),
              ElementsAre("2h fired w 35.73.02.1004 siaga to=lurah", "4h withdrawn w 35.73.02.1004 siaga to=lurah"));
}

TEST(AbsenceRule, ARefutedAnswerBeginsNothingThatIsOverdue) {
  Play play(rule(kFollowed));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "1h", "disaster"));
  play.take(refutation("x-1", at("3h"), "r-2"));
  play.until("1d");
  EXPECT_THAT(play.log(), IsEmpty());
  Play soon(rule(kFollowed));
  soon.take(of("r-1", "0s", "hoax"));
  soon.take(of("r-2", "30m", "disaster"));
  soon.take(refutation("x-1", at("1h"), "r-2"));
  soon.until("2h");
  EXPECT_THAT(soon.log(), ElementsAre("2h fired w 35.73.02.1004 siaga to=lurah"));
}

/// The town with an election: campaign on 11 to 13 November, voting on the 14th; and one before, to the 1st.
std::shared_ptr<const Reference> voting_town() {
  auto reference = std::make_shared<Reference>(*town());
  const auto day = [](const char* text) { return *parse_day(text); };
  reference->stages = {{"now", "campaign", day("2024-11-11"), day("2024-11-13")},
                       {"now", "voting", day("2024-11-14"), day("2024-11-14")},
                       {"now", "counting", day("2024-11-15"), day("2024-11-20")},
                       {"before", "voting", day("2024-11-01"), day("2024-11-01")}};
  reference->polling_stations[*reference->find_place("35.73.02.1004")] = {{"001", {}}, {"002", {}}};
  reference->build_indexes();
  return reference;
}

Play voting(const std::string& yaml) { return Play(rules_of(yaml, voting_town()), {}, voting_town()); }

std::string readiness(std::string_view id, std::string_view offset, std::string_view area, std::string_view more = "") {
  return event("readiness", id, at(offset), fmt::format(R"("area":"{}"{})", area, more));
}

// start() is the 10th, 08:00: the 13th at 18:00 is 3d10h, the end of the 14th 4d16h.
TEST(MemberAbsence, EveryKelurahanOfTheReferenceData) {
  Play play = voting(
      rule("absence: {each: area, expect: {on: readiness}, by: {stage: voting, at: H-1 18:00}}", "quiet_for: 0s"));
  play.take(readiness("s-1", "0s", "35.73.01.1001"));
  play.take(readiness("s-2", "1h", "35.73.01.1002"));
  play.take(readiness("s-3", "4d", "35.73.01.1003"));
  play.until("6d");
  EXPECT_THAT(
      play.log(),
      ElementsAre("3d10h fired w 35.73.01.1003 siaga to=lurah", "3d10h fired w 35.73.02.1004 siaga to=lurah",
                  "3d10h fired w 35.73.02.1005 siaga to=lurah", "4d resolved w 35.73.01.1003 siaga to=lurah",
                  "4d16h expired w 35.73.02.1004 siaga to=lurah", "4d16h expired w 35.73.02.1005 siaga to=lurah"));
}

TEST(MemberAbsence, OnlyWhatCameSince) {
  Play play =
      voting(rule("absence: {each: district, expect: {match: {category: hoax}}, by: {stage: voting, at: H 06:00}, "
                  "since: {stage: campaign, at: H 00:00}}"));
  play.take(report("r-1", at("0s"), {.area = "35.73.01.1001", .category = "hoax"}));
  play.take(report("r-2", at("1d"), {.area = "35.73.02.1004", .category = "hoax"}));
  play.until("4d");
  EXPECT_THAT(play.log(), ElementsAre("3d22h fired w 35.73.01 siaga to=lurah"));
}

TEST(MemberAbsence, TheElectionBeforeEndsWhatCounts) {
  Play play =
      voting(rule("absence: {each: district, expect: {match: {category: hoax}}, by: {stage: voting, at: H 06:00}}"));
  play.take(report("r-1", at("0s") - std::chrono::days(9), {.area = "35.73.01.1001", .category = "hoax"}));
  play.take(report("r-2", at("0s") - std::chrono::days(8), {.area = "35.73.02.1004", .category = "hoax"}));
  play.until("4d");
  EXPECT_THAT(play.log(), ElementsAre("3d22h fired w 35.73.01 siaga to=lurah"));
}

TEST(MemberAbsence, PollingStations) {
  Play play =
      voting(rule("absence: {each: polling_station, expect: {on: readiness}, by: {stage: voting, at: H 06:00}}"));
  play.take(readiness("s-1", "0s", "35.73.02.1004", R"(,"tps":"1")"));
  play.take(readiness("s-2", "0s", "35.73.02.1004", R"(,"tps":"99")"));
  play.until("4d");
  const auto lines = play.lines();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0],
              HasSubstr(R"("scope":{"kind":"polling_station","key":"35.73.02.1004/002"},"area":"35.73.02.1004")"));
  EXPECT_THAT(lines[0], HasSubstr(R"("count":0,"distinct":0,"events":[],"reasons":[{"code":"missing")"));
}

TEST(MemberAbsence, TheMessageCanNameItsScope) {
  Play play = voting(
      "rules:\n  - {id: w, absence: {each: polling_station, expect: {on: readiness}, by: {stage: voting, at: H "
      "06:00}}, "
      "alert: {level: siaga, message: {id: \"{{ scope.kind }} {{ scope.key }}\"}}}\n");
  play.take(readiness("s-1", "0s", "35.73.02.1004", R"(,"tps":"1")"));
  play.until("4d");
  const auto lines = play.lines();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr(R"("message":{"id":"polling_station 35.73.02.1004/002"})"));
}

TEST(MemberAbsence, ConsignmentsThatWereSeen) {
  Play play =
      voting(rule("absence: {each: consignment, expect: {on: consignment, match: {step: arrived}}, by: {stage: "
                  "voting, at: H-1 18:00}, since: {stage: campaign, at: H 00:00}}"));
  play.take(step("k-1", "0s", "dispatched", "old"));
  play.take(step("k-2", "1d", "dispatched", "lost"));
  play.take(step("k-3", "1d", "dispatched", "found"));
  play.take(step("k-4", "2d", "arrived", "found"));
  play.take(step("k-5", "4d", "dispatched", "new"));
  play.take(step("k-6", "4d", "arrived", "there"));
  play.until("4d1h");
  EXPECT_THAT(play.log(), ElementsAre("3d10h fired w lost siaga to=lurah", "4d fired w new siaga to=lurah"));
}

TEST(MemberAbsence, MomentsBeforeTheFirstEventDoNotCount) {
  Play play = voting(rule("absence: {each: area, expect: {on: readiness}, by: {stage: campaign, at: H 06:00}}"));
  play.take(of("r-1", "1d", "hoax"));
  play.until("9d");
  EXPECT_THAT(play.log(), IsEmpty());
}

TEST(SpikeRule, HoldsToTheEndOfTheDay) {
  Play play(rule("spike: {method: ears_c1}", "quiet_for: 0s"));
  play.take(of("r-0", "0s", "hoax"));
  for (int i = 1; i <= 3; ++i) play.take(of(fmt::format("r-{}", i), "7d", "hoax"));
  play.until("9d");
  EXPECT_THAT(play.log(),
              ElementsAre("1w fired w 35.73.02.1004 siaga to=lurah", "7d16h resolved w 35.73.02.1004 siaga to=lurah"));
}

TEST(SpikeRule, IsWithdrawnWithItsReports) {
  Play play(rule("spike: {method: cusum}"));
  play.take(of("r-0", "0s", "hoax"));
  for (int i = 1; i <= 4; ++i) play.take(of(fmt::format("r-{}", i), "7d", "hoax"));
  play.take(refutation("x-1", at("7d1h"), "r-4"));
  EXPECT_THAT(play.log(),
              ElementsAre("1w fired w 35.73.02.1004 siaga to=lurah", "7d1h withdrawn w 35.73.02.1004 siaga to=lurah"));
}

TEST(SpikeRule, NothingIsKeptOfAScopeThatIsQuiet) {
  Options options;
  options.durable = false;
  Play play(rule("spike: {method: cusum}"), options);
  play.take(of("r-0", "0s", "hoax"));
  play.until("400d");
  EXPECT_THAT(play.engine().city(PlaceId{0})->patterns_of(RuleIndex{0}), IsEmpty());
}

/// Its time passed while the second step was on its way.
TEST(Sequence, ALastStepOutOfOrderIsNotTooLate) {
  Play play(
      rule("sequence: {within: 1h, steps: [{match: {category: hoax}}, {match: {category: provocation}}, {not: true, "
           "match: {category: disaster}}]}"));
  play.take(of("r-1", "5m", "hoax"));
  play.take(report("r-2", at("1h45m"), {.area = "35.73.01.1001"}));
  play.take(of("r-3", "50m", "provocation"));
  EXPECT_THAT(play.log(), ElementsAre("1h45m fired w 35.73.02.1004 siaga to=lurah"));
}

TEST(Sequence, ARunWhoseTimeHasPassedIsTakenOnce) {
  Play play(rule(kBehind, "quiet_for: 0s"));
  play.take(of("r-1", "0s", "hoax"));
  play.take(of("r-2", "0s", "hoax"));
  play.until("3h");
  const auto lines = play.lines();
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[0], HasSubstr(R"("step":"fired")"));
  EXPECT_THAT(lines[0], HasSubstr(R"("events":["r-2"])"));
  EXPECT_THAT(lines[1], HasSubstr(R"("step":"resolved")"));
  EXPECT_THAT(lines[1], HasSubstr("2024-11-10T10:00:00+07:00"));
}

/// The campaign ends with the 13th, which is 3d16h: what is overdue behind it is never alerted, also not by an event
/// of a later stage.
TEST(Stages, WhatIsOverdueOutsideThemIsDropped) {
  constexpr std::string_view kBoth = "stages: [campaign, counting], ";
  for (const std::string_view block : {kFollowed, kBehind}) {
    SCOPED_TRACE(block);
    Play play = voting(rule(fmt::format("{}{}", kBoth, block), "quiet_for: 5d"));
    play.take(of("r-1", "3d13h", "hoax"));
    play.until("3d15h");
    EXPECT_THAT(play.log(), ElementsAre("3d15h fired w 35.73.02.1004 siaga to=lurah"));
    play.take(report("r-2", at("3d15h"), {.area = "35.73.01.1001", .category = "hoax"}));
    play.until("4d");
    EXPECT_THAT(play.log(), IsEmpty());
    play.take(report("r-3", at("4d20h"), {.area = "35.73.01.1001", .category = "hoax"}));
    EXPECT_THAT(play.log(), IsEmpty());
  }
}

TEST(Stages, AMemberIsMissedOnlyInThem) {
  Play play = voting(
      rule("stages: [campaign], absence: {each: area, expect: {on: readiness}, by: {stage: voting, at: H 06:00}}"));
  play.take(readiness("s-1", "0s", "35.73.01.1001"));
  play.until("6d");
  EXPECT_THAT(play.log(), IsEmpty());
}

}  // namespace
}  // namespace kentongan::engine::testing
