// SPDX-License-Identifier: Apache-2.0
// Corrections and refutations: what they take out, what they put in its place, what they may begin and end.
#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kArea = "35.73.02.1004";

R correction(std::string corrects, R data = {}) {
  data.corrects = std::move(corrects);
  return data;
}

constexpr std::string_view kScore = R"(
risk: {independent: {siaga: 1, awas: 1}}
rules:
  - {id: score, score: {add: 12, half_life: 1d}}
  - {id: level, level: {at: waspada}, alert: {message: {id: m}, to: [lurah], quiet_for: 1h}}
)";

TEST(Refuted, TakesScoreLevelAndAlertBack) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  EXPECT_EQ(play.take(refutation("x-1", at("1h"), "r-1")), "applied");
  EXPECT_EQ(play.score(kArea), 0);
  EXPECT_THAT(play.log(),
              ElementsAre("0s risk 35.73.02.1004 aman->waspada", "0s risk 35.73.02 aman->waspada",
                          "0s risk 35.73 aman->waspada", "0s fired level 35.73.02.1004 waspada to=lurah",
                          "1h risk 35.73.02.1004 waspada->aman", "1h risk 35.73.02 waspada->aman",
                          "1h risk 35.73 waspada->aman", "1h withdrawn level 35.73.02.1004 waspada to=lurah"));
}

TEST(Refuted, LooksAtLevelsAnewWithoutHysteresis) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1s"), {.reporter = "b", .source = 'E', .content = 5}));
  // Under 10 and above 8 the level is held by hysteresis alone.
  play.until("9h");
  ASSERT_EQ(play.level(kArea), Level::waspada);
  ASSERT_LT(play.score(kArea), 10);
  play.take(refutation("x-1", at("9h"), "r-2"));
  EXPECT_EQ(play.level(kArea), Level::aman);
}

TEST(Refuted, VoiceRanksAreAsIfItHadNeverCome) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("0s")));
  play.take(report("r-3", at("0s")));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12 * 1.75);
  play.take(refutation("x-1", at("0s"), "r-1"));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12 * 1.5);
}

TEST(Refuted, WithoutCorrectsHasNoEffect) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  EXPECT_EQ(play.take(report("r-2", at("1s"), {.status = "refuted"})), "applied");
  EXPECT_NEAR(play.score(kArea), 12 * std::exp2(-1.0 / 86400), 1e-9);
}

TEST(Refuted, BeforeItsReportLeavesItWithoutEffect) {
  Play play(kScore);
  EXPECT_EQ(play.take(refutation("x-1", at("0s"), "r-1")), "applied");
  EXPECT_EQ(play.take(report("r-1", at("1h"))), "applied");
  EXPECT_EQ(play.take(report("r-1", at("1h"))), "duplicate");
  EXPECT_EQ(play.score(kArea), 0);
  EXPECT_THAT(play.log(), IsEmpty());
}

TEST(Refuted, NamesAnotherSource) {
  Play play(kScore);
  play.take(report("r-1", at("0s"), {}, "/a"));
  play.take(refutation("x-1", at("0s"), "r-1"));  // of its own source: none has come yet
  EXPECT_DOUBLE_EQ(play.score(kArea), 12);
  play.take(report("x-2", at("0s"), {.status = "refuted", .corrects = "r-1", .more = R"("corrects_source":"/a")"}));
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Corrected, TakesThePlaceAtTheReportsTime) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  play.take(report("x-1", at("1d"), correction("r-1", {.source = 'B'})));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12 * 0.9 / 2);
  play.take(report("x-2", at("1d") + Duration{1000}, correction("r-1", {.area = "35.73.02.1005", .source = 'D'})));
  EXPECT_EQ(play.score(kArea), 0);
  EXPECT_NEAR(play.score("35.73.02.1005"), 3, 1e-4);
}

TEST(Corrected, TheGreatestTimeThenIdIsValidWhateverCameFirst) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  play.take(report("x-2", at("2h"), correction("r-1", {.source = 'B'})));
  play.take(refutation("x-1", at("1h"), "r-1"));  // older
  EXPECT_GT(play.score(kArea), 0);
  play.take(report("x-0", at("2h"), correction("r-1", {.source = 'E'})));  // same time, smaller id
  EXPECT_NEAR(play.score(kArea), 12 * 0.9 * std::exp2(-2.0 / 24), 1e-9);
  play.take(refutation("x-3", at("2h"), "x-2"));  // names the other correction
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Corrected, BeforeItsReportStandsInItsPlaceAtItsOwnTime) {
  Play play(kScore);
  play.take(report("x-1", at("1d"), correction("r-1", {.source = 'B'})));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12 * 0.9);
  EXPECT_EQ(play.take(report("r-1", at("0s"))), "applied");
  EXPECT_DOUBLE_EQ(play.score(kArea), 12 * 0.9);
  EXPECT_EQ(play.take(refutation("x-2", at("1d"), "r-1")), "applied");
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Corrected, ACorrectionOfACorrectionThatHasNotComeFindsItsReport) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  play.take(refutation("x-2", at("2h"), "x-1"));  // of a correction still to come
  EXPECT_GT(play.score(kArea), 0);
  play.take(report("x-1", at("1h"), correction("r-1", {.source = 'B'})));
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Corrected, OlderThanDedupeStandsForItself) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  EXPECT_EQ(play.take(report("x-1", at("7d") + Duration{1}, correction("r-1", {.reporter = "b"}))), "applied");
  EXPECT_NEAR(play.score(kArea), 12 + 12.0 / 128, 1e-6);
  Play young(kScore);
  young.take(report("r-1", at("0s")));
  young.take(report("x-1", at("7d"), correction("r-1", {.reporter = "b"})));
  EXPECT_NEAR(young.score(kArea), 12.0 / 128, 1e-9);
}

constexpr std::string_view kWindows = R"(
rules:
  - id: check
    match: {severity: 5}
    check: {}
    alert: {level: siaga, message: {id: "{{ report.crowd }}"}, to: [lurah], quiet_for: 1d}
  - id: two
    match: {category: intimidation}
    count: {at_least: 2, within: 3h}
    alert: {level: siaga, message: {id: m}, to: [lurah], quiet_for: 1d}
)";

TEST(Corrected, WhatIsTooOldIsLeftByTheCorrectionThatIsNamedAlone) {
  Options options;
  options.dedupe = std::chrono::hours(1);
  Play play(kScore, options);
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("45m"), correction("r-1")));
  play.take(refutation("r-3", at("50m"), "r-1"));
  ASSERT_EQ(play.score(kArea), 0);
  // r-1 is too old by now: r-4 stands for itself, and r-2 leads to it, but r-3 does not.
  play.take(report("r-4", at("80m"), correction("r-2")));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12);
  play.take(refutation("r-5", at("80m"), "r-3"));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12);
  play.take(refutation("r-6", at("80m"), "r-2"));
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Corrected, WhatStandsForItselfIsFoundWhenTheIdItNamedIsForgotten) {
  Options options;
  options.dedupe = std::chrono::hours(1);
  Play play(kScore, options);
  play.take(report("r-0", at("0s")));
  play.take(refutation("r-1", at("5m"), "r-0"));
  play.take(report("r-2", at("61m"), correction("r-1")));  // r-0 is too old: it stands in the place of r-1
  EXPECT_DOUBLE_EQ(play.score(kArea), 12);
  // At 65m r-1 itself is forgotten.
  EXPECT_EQ(play.take(refutation("r-3", at("70m"), "r-1")), "applied");
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Corrected, AnAwaitedIdThatTurnsOutToBeNoReportLeavesTheCorrectionStanding) {
  Play play(kScore);
  play.take(report("r-1", at("0s"), correction("r-2")));
  EXPECT_EQ(
      play.take(event("consignment", "r-2", at("0s"), R"("consignment":"k-1","area":"35.73.02","step":"dispatched")")),
      "applied");
  EXPECT_DOUBLE_EQ(play.score(kArea), 12);
  EXPECT_EQ(play.take(refutation("r-3", at("0s"), "r-1")), "applied");
  EXPECT_EQ(play.score(kArea), 0);
}

TEST(Withdrawn, WhenWithoutItNoEpisodeWouldBeOpen) {
  Play play(kWindows);
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h")));
  play.take(refutation("x-1", at("2h"), "r-1"));
  EXPECT_THAT(play.log(), ElementsAre("1h fired two 35.73.02.1004 siaga to=lurah",
                                      "2h withdrawn two 35.73.02.1004 siaga to=lurah"));
  play.take(report("r-3", at("2h")));  // with r-2 two again
  EXPECT_THAT(play.log(), ElementsAre("2h fired two 35.73.02.1004 siaga to=lurah"));
}

TEST(Withdrawn, NotWhileOthersHoldItOpen) {
  Play play(kWindows);
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h")));
  play.take(report("r-3", at("2h")));
  play.take(refutation("x-1", at("2h"), "r-1"));
  EXPECT_THAT(play.open(), ElementsAre("two 35.73.02.1004"));
  // The rest held it at 2h, and its window until 4h: a day later it is quiet.
  play.until("3d");
  EXPECT_THAT(play.log(), ElementsAre("1h fired two 35.73.02.1004 siaga to=lurah",
                                      "1d4h resolved two 35.73.02.1004 siaga to=lurah"));
}

TEST(Withdrawn, NotByWhatHeldBeforeAnOfficerEndedIt) {
  Play play(R"(
rules:
  - {id: two, count: {at_least: 2, within: 1d}, alert: {level: siaga, message: {id: m}, to: [lurah], quiet_for: 20d, expires: 52w}}
)");
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("0s")));
  play.take(action("a-1", at("1h"), play.last_alert("two"), "resolve"));
  play.take(report("r-3", at("5d")));
  play.take(report("r-4", at("5d")));
  ASSERT_EQ(play.open().size(), 1U);
  // The first two have left the window for good by now; only the officer's answer counts.
  play.take(report("r-5", at("9d"), {.area = "35.73.01.1001", .category = "hoax"}));
  play.take(refutation("x-1", at("9d"), "r-4"));
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(Corrected, FiresWhatTheEarlierVersionDidNotMatch) {
  Play play(kWindows);
  play.take(report("r-1", at("0s"), {.category = "hoax", .severity = 3}));
  play.take(report("x-1", at("2h"), correction("r-1", {.category = "hoax", .severity = 5, .more = R"("crowd":7)"})));
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 1U);
  const auto& step = std::get<AlertStep>(outputs[0].data);
  EXPECT_EQ(outputs[0].time, at("2h")) << "at the clock";
  EXPECT_THAT(step.events, ElementsAre("r-1")) << "with the first report's id";
  EXPECT_EQ(step.text.message.id, "7") << "and the correction's data";
}

TEST(Corrected, NeverFiresAgainWhatTheEarlierVersionMatched) {
  Play play(kWindows);
  play.take(report("r-1", at("0s"), {.category = "hoax", .severity = 5}));
  const std::string alert = play.last_alert("check");
  play.take(report("x-1", at("1h"), correction("r-1", {.category = "vote_buying", .severity = 5})));
  EXPECT_THAT(play.log(), ElementsAre("0s fired check 35.73.02.1004 siaga to=lurah"));
  play.take(action("a-1", at("2h"), alert, "resolve"));
  play.take(report("x-2", at("3h"), correction("r-1", {.severity = 5})));
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(Corrected, AnEpisodeThatGoesOnKeepsItsIdAndOneThatDoesNotIsWithdrawn) {
  Play play(kWindows);
  play.take(report("r-1", at("0s"), {.category = "hoax", .severity = 5}));
  play.take(report("x-1", at("1h"), correction("r-1", {.category = "hoax", .severity = 4})));
  EXPECT_THAT(play.log(), ElementsAre("0s fired check 35.73.02.1004 siaga to=lurah",
                                      "1h withdrawn check 35.73.02.1004 siaga to=lurah"));
  play.take(report("r-2", at("1h"), {.category = "hoax", .severity = 5}));
  play.take(report("x-2", at("1h"), correction("r-2", {.area = "35.73.02.1005", .category = "hoax", .severity = 5})));
  EXPECT_THAT(play.log(), ElementsAre("1h fired check 35.73.02.1004 siaga to=lurah",
                                      "1h withdrawn check 35.73.02.1004 siaga to=lurah",
                                      "1h fired check 35.73.02.1005 siaga to=lurah"));
}

TEST(Corrected, WhatDistinctCountsFiresNothing) {
  Play play(R"(
rules:
  - {id: d, count: {at_least: 2, within: 1d, distinct: reporter.ref}, alert: {level: siaga, message: {id: m}}}
)");
  play.take(report("r-1", at("0s"), {.reporter = "a"}));
  play.take(report("r-2", at("1h"), {.reporter = "a"}));
  play.take(report("x-1", at("2h"), correction("r-2", {.reporter = "b"})));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-3", at("3h"), {.reporter = "a"}));
  EXPECT_THAT(play.open(), ElementsAre("d 35.73.02.1004"));
}

TEST(Corrected, LateChangesScoresAndWithdrawsAndEntersNoWindow) {
  Options options;
  options.lateness = std::chrono::hours(1);
  Play play(std::string(kWindows) + "  - {id: score, score: {add: 12, half_life: 1d}}\n", options);
  play.take(report("r-1", at("0s"), {.category = "hoax", .severity = 5}));
  play.take(report("r-9", at("3h"), {.category = "disaster", .severity = 1}));
  EXPECT_EQ(play.take(report("x-1", at("1h"), correction("r-1"))), "late");
  EXPECT_THAT(play.open(), IsEmpty());
  EXPECT_GT(play.score(kArea), 12);
  play.take(report("r-2", at("3h"), {}));
  EXPECT_THAT(play.open(), IsEmpty()) << "the late correction is in no window";
}

TEST(Corrected, AReportThatWasLateStaysOutOfWindows) {
  Options options;
  options.lateness = std::chrono::hours(1);
  Play play(kWindows, options);
  play.take(report("r-9", at("2h"), {.category = "disaster", .severity = 1}));
  EXPECT_EQ(play.take(report("r-1", at("30m"))), "late");
  EXPECT_EQ(play.take(report("x-1", at("2h"), correction("r-1"))), "applied");
  play.take(report("r-2", at("2h")));
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(TakenOut, BeginsNothing) {
  // r-1 scores nothing but makes the later report's voice weaker: without it the score rises.
  Play play(R"(
risk: {levels: {waspada: 10, siaga: 25, awas: 60}}
rules:
  - {id: level, level: {at: waspada}, alert: {message: {id: m}, quiet_for: 0s}}
  - {id: level-for, level: {at: waspada, for: 1h}, alert: {level: waspada, message: {id: m}, quiet_for: 0s}}
  - {id: score, match: {category: hoax}, score: {add: 12, half_life: 1d}}
)");
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("0s"), {.category = "hoax"}));
  EXPECT_EQ(play.level(kArea), Level::aman);
  play.take(refutation("x-1", at("1m"), "r-1"));
  EXPECT_EQ(play.level(kArea), Level::waspada);
  EXPECT_THAT(play.open(), IsEmpty());
  play.until("2h");
  EXPECT_THAT(play.open(), ElementsAre("level-for 35.73.02.1004")) << "a deadline still to come takes effect";
  play.take(report("r-3", at("3h"), {.category = "hoax", .reporter = "c"}));
  EXPECT_EQ(play.open().size(), 1U) << "only after it has ended";
}

TEST(TakenOut, AlsoWhenItIsRefutedTwiceOrNamesNoReport) {
  Play play(kScore);
  play.take(report("r-1", at("0s")));
  play.take(refutation("x-1", at("1h"), "r-1"));
  play.take(refutation("x-2", at("2h"), "r-1"));
  play.take(refutation("x-3", at("2h"), "x-3"));
  EXPECT_EQ(play.score(kArea), 0);
  play.take(event("consignment", "k-1", at("2h"), R"("consignment":"k","area":"35.73.02","step":"packed")"));
  play.take(report("x-4", at("2h"), correction("k-1")));
  EXPECT_DOUBLE_EQ(play.score(kArea), 12) << "it stands for itself";
}

}  // namespace
}  // namespace kentongan::engine::testing
