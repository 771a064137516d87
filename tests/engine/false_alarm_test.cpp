// SPDX-License-Identifier: Apache-2.0
// A false alarm that takes the reports behind it out.
#include <gmock/gmock.h>

#include <fmt/format.h>

#include "random_city.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kRules = R"(
risk: {levels: {waspada: 3, siaga: 7, awas: 16}, independent: {siaga: 1, awas: 1}}
rules:
  - {id: score, score: {add: 4, half_life: 3d}}
  - id: a-count
    count: {at_least: 2, within: 1d}
    alert: {level: siaga, message: {id: m}, to: [lurah], quiet_for: 6h}
  - id: b-distinct
    count: {at_least: 2, within: 1d, distinct: reporter.ref, per: city}
    alert: {level: siaga, message: {id: m}, to: [lurah], quiet_for: 6h}
  - id: c-level
    level: {at: siaga}
    alert: {message: {id: m}, to: [lurah], quiet_for: 6h}
)";

void two_reports(Play& play) {
  ASSERT_EQ(play.take(report("r1", at("0s"), {.reporter = "a"})), "applied");
  ASSERT_EQ(play.take(report("r2", at("1m"), {.reporter = "b"})), "applied");
}

std::string false_alarm(Play& play, std::string_view rule, std::string_view more = R"("refute":true)") {
  return play.take(action("x", at("10m"), play.last_alert(rule), "false_alarm", more));
}

TEST(FalseAlarm, EndsTheAlertAndLeavesItsReports) {
  Play play(kRules);
  two_reports(play);
  (void)play.log();
  ASSERT_EQ(false_alarm(play, "a-count", R"("refute":false)"), "applied");
  EXPECT_THAT(play.log(), ElementsAre("10m resolved a-count 35.73.02.1004 siaga to=lurah"));
  EXPECT_GT(play.score("35.73.02.1004"), 7);
}

TEST(FalseAlarm, TakesItsReportsOutOnRequest) {
  Play play(kRules);
  two_reports(play);
  (void)play.log();
  ASSERT_EQ(false_alarm(play, "a-count"), "applied");
  EXPECT_EQ(play.score("35.73.02.1004"), 0);
  EXPECT_EQ(play.level("35.73.02.1004"), Level::aman);
  EXPECT_THAT(play.open(), IsEmpty());
  std::vector<std::string> withdrawn;
  for (const std::string& line : play.log()) {
    if (line.find("withdrawn") != std::string::npos) withdrawn.push_back(line.substr(0, line.find(" 35.73")));
  }
  EXPECT_THAT(withdrawn, ElementsAre("10m withdrawn b-distinct", "10m withdrawn c-level"));
}

TEST(FalseAlarm, OfALevelTakesOutItsContributions) {
  Play play(kRules);
  two_reports(play);
  ASSERT_EQ(false_alarm(play, "c-level"), "applied");
  EXPECT_EQ(play.score("35.73.02.1004"), 0);
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(FalseAlarm, NewReportsBeginAnew) {
  Play play(kRules);
  two_reports(play);
  ASSERT_EQ(false_alarm(play, "a-count"), "applied");
  ASSERT_EQ(play.take(report("r3", at("20m"), {.reporter = "c"})), "applied");
  EXPECT_THAT(play.open(), IsEmpty());
  ASSERT_EQ(play.take(report("r4", at("21m"), {.reporter = "d"})), "applied");
  EXPECT_THAT(play.open(), ElementsAre("a-count 35.73.02.1004", "b-distinct 35.73", "c-level 35.73.02.1004"));
}

/// The score when the first report, already taken out, is corrected by an event of this time.
double score_when_corrected(std::string_view time) {
  Play play(kRules);
  two_reports(play);
  EXPECT_EQ(false_alarm(play, "a-count"), "applied");
  EXPECT_EQ(play.take(report("r5", at(time), {.corrects = "r1"})), "applied");
  return play.score("35.73.02.1004");
}

TEST(FalseAlarm, ALaterCorrectionPutsAReportBack) { EXPECT_GT(score_when_corrected("20m"), 3.9); }

TEST(FalseAlarm, AnEarlierCorrectionThatComesLaterHasNoEffect) { EXPECT_EQ(score_when_corrected("5m"), 0); }

TEST(FalseAlarm, WhatIsTooOldToBeCorrectedStays) {
  Options options;
  options.dedupe = std::chrono::hours(2);
  Play play(R"(
rules:
  - {id: score, score: {add: 4, half_life: 3d}}
  - {id: check, check: {}, alert: {level: siaga, message: {id: m}, quiet_for: 1d}}
)",
            options);
  ASSERT_EQ(play.take(report("r1", at("0s"))), "applied");
  ASSERT_EQ(play.take(action("x", at("3h"), play.last_alert("check"), "false_alarm", R"("refute":true)")), "applied");
  EXPECT_THAT(play.open(), IsEmpty());
  EXPECT_GT(play.score("35.73.02.1004"), 3);
}

TEST(FalseAlarm, IsTheSameBehindARestart) {
  Play play(kRules);
  two_reports(play);
  SavedState saved;
  play.save(saved);
  const std::string alert = play.last_alert("a-count");
  play.restart(saved);
  ASSERT_EQ(play.take(action("x", at("10m"), alert, "false_alarm", R"("refute":true)")), "applied");
  EXPECT_EQ(play.score("35.73.02.1004"), 0);
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(FalseAlarm, RefuteGoesWithNothingElse) {
  Play play(kRules);
  two_reports(play);
  EXPECT_EQ(play.take(action("x", at("10m"), play.last_alert("a-count"), "resolve", R"("refute":true)")),
            "dead_letter invalid_event /data/refute");
}

TEST(FalseAlarm, TheFirstAnswerIsTold) {
  Play play(kRules);
  two_reports(play);
  (void)play.outputs();
  const auto answers = [&](std::string_view id, std::string_view what) {
    EXPECT_EQ(play.take(action(id, at("5m"), play.last_alert("a-count"), what)), "applied");
    return std::get<AlertStep>(play.outputs().at(0).data).first_answer;
  };
  EXPECT_TRUE(answers("x1", "acknowledge"));
  EXPECT_FALSE(answers("x2", "confirm"));
}

constexpr std::string_view kPlaces[] = {"35.73.01.1001", "35.73.01.1002", "35.73.01.1003", "35.73.02.1004",
                                        "35.73.02.1005", "35.79.01.1001", "35.79.01.1002"};

std::vector<std::string> risk_of(Play& play) {
  std::vector<std::string> all;
  for (const auto area : kPlaces)
    all.push_back(fmt::format("{} {} {}", area, play.score(area), name_of(play.level(area))));
  return all;
}

/// Levels of this set follow from the score alone. No alert expires.
constexpr std::string_view kPlain = R"(
risk: {levels: {waspada: 4, siaga: 8, awas: 16}, voice: {factor: 0.5}, leave_at: 1, independent: {siaga: 1, awas: 1}}
rules:
  - {id: score, score: {add: 4, half_life: 3d, spill: 0.2}}
  - {id: score-fast, match: {category: hoax}, score: {add: 9, half_life: 6h}}
  - {id: check, match: {severity: [4, 5]}, check: {}, alert: {level: siaga, message: {id: m}, quiet_for: 2d, expires: 52w}}
  - {id: count, count: {at_least: 3, within: 1d}, alert: {level: siaga, message: {id: m}, quiet_for: 12h, expires: 52w}}
  - id: distinct
    count: {at_least: 2, within: 6h, distinct: reporter.ref, per: city}
    alert: {level: siaga, message: {id: m}, quiet_for: 1h, expires: 52w}
)";

Options long_memory() {
  Options options;
  options.dedupe = std::chrono::days(3650);
  options.lateness = std::chrono::days(3650);
  return options;
}

/// What an alert was about, and the city's clock when it was told to be false.
struct Told {
  AlertStep step;
  TimePoint time;
};

TEST(FalseAlarmProperty, WhatItTakesOutIsNeverSent) {
  const auto rules = rules_of(kPlain);
  hold("what a false alarm takes out is never sent", 60, [&] {
    const auto inputs = to_inputs(*orderly_reports(), rules, long_memory());
    Play with(rules, long_memory());
    std::vector<Told> alerts;
    TimePoint last = start();
    for (const Input& input : inputs) {
      (void)feed(with, input);
      last = std::max(last, input.time);
      for (const Output& output : with.outputs()) {
        const auto* step = std::get_if<AlertStep>(&output.data);
        if (step != nullptr && step->step == AlertStepKind::fired) alerts.push_back({*step, output.time});
      }
    }
    // The action would move a city's clock, and what has been quiet for long would end before it.
    with.until(last);
    RC_PRE(!alerts.empty());
    const Told told = alerts[*rc::gen::inRange<std::size_t>(0, alerts.size())];
    const std::string about = told.step.rule + " " + told.step.scope.key;
    const auto open = with.open();
    RC_PRE(std::find(open.begin(), open.end(), about) != open.end());
    RC_PRE(with.last_alert(told.step.rule) == told.step.alert.value());
    RC_ASSERT(with.take(action("fa", last, told.step.alert.value(), "false_alarm", R"("refute":true)")) == "applied");
    Play without(rules, long_memory());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto& gone = told.step.events;
      if (std::find(gone.begin(), gone.end(), fmt::format("e{}", i)) == gone.end()) (void)feed(without, inputs[i]);
    }
    const TimePoint end = std::chrono::ceil<std::chrono::minutes>(last);
    for (Play* play : {&with, &without}) play->until(end);
    RC_ASSERT(risk_of(with) == risk_of(without));
    // What was told to be false is closed here; without the reports it may be open, for others.
    auto left = with.open();
    auto expected = without.open();
    for (auto* list : {&left, &expected}) std::erase(*list, about);
    RC_ASSERT(left == expected);
  });
}

TEST(FalseAlarmProperty, ItIsTheSameAsRefutingEachReport) {
  hold("a false alarm is the same as refuting each report", 40, [] {
    const unsigned variant = *rc::gen::inRange(0U, kVariants);
    const auto inputs = to_inputs(*any_steps(), busy_rules(variant), {});
    Play at_once(busy_rules(variant)), each(busy_rules(variant));
    std::optional<Told> told;
    TimePoint last = start();
    for (const Input& input : inputs) {
      (void)feed(at_once, input);
      (void)feed(each, input);
      last = std::max(last, input.time);
      for (const Output& output : at_once.outputs()) {
        const auto* step = std::get_if<AlertStep>(&output.data);
        if (step == nullptr || !step->alert.value().starts_with("35.73")) continue;
        // A raised alert names other events than it did at first.
        const bool same = told && told->step.alert == step->alert;
        if (same || step->step == AlertStepKind::fired) told = Told{*step, output.time};
      }
    }
    for (Play* play : {&at_once, &each}) play->until(last);
    RC_PRE(told.has_value());
    const std::string alert = told->step.alert.value();
    const auto open = at_once.open();
    RC_PRE(std::find(open.begin(), open.end(), told->step.rule + " " + told->step.scope.key) != open.end());
    RC_PRE(at_once.last_alert(told->step.rule) == alert);
    RC_PRE(at_once.take(action("fa", last, alert, "false_alarm", R"("refute":true)")) == "applied");
    RC_ASSERT(each.take(action("fa", last, alert, "false_alarm")) == "applied");
    for (std::size_t i = 0; i < told->step.events.size(); ++i) {
      (void)each.take(refutation(fmt::format("fa-{}", i), last, told->step.events[i]));
    }
    const TimePoint end = std::chrono::ceil<std::chrono::minutes>(last);
    for (Play* play : {&at_once, &each}) play->until(end);
    RC_ASSERT(risk_of(at_once) == risk_of(each));
    RC_ASSERT(at_once.open() == each.open());
  });
}

}  // namespace
}  // namespace kentongan::engine::testing
