// SPDX-License-Identifier: Apache-2.0
// What alerts and levels count as, step by step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "period/alert_digest.hpp"
#include "period/level_digest.hpp"
#include "small_reference.hpp"

namespace kentongan::period {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class Digests : public ::testing::Test {
 protected:
  const std::shared_ptr<const Reference> reference = codec::small_reference();
  const Span span = *Span::of("2024-11-05", "2024-11-07", LocalZone("x", {{TimePoint{}, 7h}}));
  Figures figures;
  AlertDigest alerts{*reference, span, figures, [](std::string_view rule) { return rule == "r" ? "family" : ""; }};
  LevelDigest levels{span, figures};

  static TimePoint at(const std::string& day_and_hour) {
    return *parse_rfc3339("2024-11-" + day_and_hour + ":00:00+07:00");
  }
  void step(const char* alert, AlertStepKind kind, const char* time, bool officer = false, const char* reason = "",
            Level level = Level::waspada) {
    AlertStep step;
    step.alert = AlertId{alert};
    step.rule = "r";
    step.area = reference->places.front().code;
    step.step = kind;
    step.level = level;
    if (kind == AlertStepKind::fired) since_[alert] = at(time);
    step.since = since_[alert];
    if (officer) step.actor = "o-1";
    step.reasons = {{reason, ""}};
    alerts.take(step, at(time), step.since - 90min);
  }
  const Alerts& told() {
    alerts.finish();
    return figures.alerts;
  }

 private:
  std::map<std::string, TimePoint> since_;
};

using enum AlertStepKind;

TEST_F(Digests, WhatIsOpenBalances) {
  step("a", fired, "04T08");  // from before, ends within
  step("b", fired, "04T08");  // from before, ends before
  step("b", resolved, "04T10");
  step("c", fired, "03T08");  // from before, stays open
  step("d", fired, "05T08");
  step("a", resolved, "05T09");
  step("d", expired, "06T08");
  step("e", fired, "06T08");
  step("e", withdrawn, "06T09");
  step("f", fired, "07T08");     // stays open
  step("c", resolved, "08T08");  // behind the period
  step("g", fired, "08T09");
  const Alerts& alerts = told();
  EXPECT_EQ(alerts.open_before, 2U);
  EXPECT_EQ(alerts.fired, 3U);
  EXPECT_EQ(alerts.resolved, 1U);
  EXPECT_EQ(alerts.expired, 1U);
  EXPECT_EQ(alerts.withdrawn, 1U);
  EXPECT_EQ(alerts.open_after, 2U);
  EXPECT_EQ(alerts.open_before + alerts.fired, alerts.ended() + alerts.open_after);
  EXPECT_EQ(alerts.symptom.count(), 3U);
  EXPECT_EQ(alerts.symptom.quantile(0.5), 90);
}

TEST_F(Digests, TheFirstAnswerCountsAndFalseAlarmsHaveNoEndTime) {
  step("a", fired, "05T08");
  step("a", escalated, "05T09");
  step("a", acknowledged, "05T10", true, "acknowledge");
  step("a", mitigated, "05T12", true, "mitigate");
  step("a", resolved, "05T14", false, "quiet");
  step("b", fired, "05T08");
  step("b", resolved, "05T11", true, "false_alarm");
  step("c", fired, "05T08");
  step("c", resolved, "05T12", true, "resolve");
  const Alerts& alerts = told();
  EXPECT_EQ(alerts.answered, 3U);
  EXPECT_EQ(alerts.answer.quantile(0.5), 180);
  EXPECT_EQ(alerts.escalated, 1U);
  EXPECT_EQ(alerts.by_officer, 2U);
  EXPECT_EQ(alerts.false_alarms, 1U);
  EXPECT_EQ(alerts.end.count(), 2U);
  EXPECT_EQ(alerts.end.quantile(1), 360);
  EXPECT_EQ(alerts.families.at("family").answered, 3U);
}

TEST_F(Digests, AnAlertCountsOnceAtItsHighestLevel) {
  step("a", fired, "05T08");
  step("a", raised, "05T09", false, "", Level::siaga);
  step("a", raised, "05T10", false, "", Level::awas);
  const Alerts& alerts = told();
  EXPECT_THAT(alerts.levels, ElementsAre(0, 0, 0, 1));
  EXPECT_THAT(alerts.by_day[0], ElementsAre(0, 1, 0, 0));
  EXPECT_EQ(alerts.raised, 2U);
}

TEST_F(Digests, AnAlertWhoseBeginningIsLostWasOpenBefore) {
  step("a", escalated, "05T08");
  step("a", resolved, "05T09");
  step("b", resolved, "05T10");
  const Alerts& alerts = told();
  EXPECT_EQ(alerts.open_before, 2U);
  EXPECT_EQ(alerts.resolved, 2U);
  EXPECT_EQ(alerts.open_after, 0U);
}

TEST_F(Digests, LevelsAreThoseOfTheirDays) {
  const PlaceId area{0};
  levels.take(area, Level::waspada, at("04T12"));
  levels.take(area, Level::siaga, at("05T06"));
  levels.take(area, Level::aman, at("06T00"));
  levels.take(area, Level::awas, at("08T00"));
  levels.finish();
  const PlaceFigures& of = figures.places.at(area);
  EXPECT_THAT(of.by_day, ElementsAre(Level::siaga, Level::aman, Level::aman));
  EXPECT_EQ(of.above, 24h);
  EXPECT_EQ(of.highest, Level::siaga);
}

}  // namespace
}  // namespace kentongan::period
