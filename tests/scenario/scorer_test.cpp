// SPDX-License-Identifier: Apache-2.0
#include "scenario/scorer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kentongan::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TimePoint hour(int n) { return TimePoint(std::chrono::hours(n)); }

Label label(const std::string& story) {
  Label label;
  label.story = story;
  label.kind = "kind";
  label.areas = {"35.73.01.1001"};
  label.rules = {"rule"};
  label.from = hour(10);
  label.expected_by = hour(14);
  return label;
}

AlertSeen step(const std::string& name, int at, std::vector<std::string> events = {}) {
  AlertSeen seen;
  seen.alert = "35.73-1";
  seen.rule = "rule";
  seen.scope_key = seen.area = "35.73.01.1001";
  seen.step = name;
  seen.time = hour(at);
  seen.events = std::move(events);
  return seen;
}

Scorecard scored(std::vector<Label> labels, const std::vector<AlertSeen>& steps) {
  auto scorer = Scorer::of({"test", 1, 1, 10, 20}, std::move(labels));
  EXPECT_TRUE(scorer.has_value());
  for (const AlertSeen& seen : steps) scorer->take(seen);
  return scorer->card();
}

TEST(Scorer, FindsByAnEventOfTheStory) {
  AlertSeen far = step("fired", 12, {"x", "s.3"});
  far.area = far.scope_key = "35.73.05";
  const Scorecard card = scored({label("s")}, {far});
  EXPECT_EQ(card.kinds[0].found, 1U);
  EXPECT_THAT(card.kinds[0].hours, ElementsAre(2.0));
  EXPECT_EQ(card.false_alarms, 0U);
}

TEST(Scorer, FindsByRulePlaceAndTime) {
  EXPECT_EQ(scored({label("s")}, {step("fired", 11)}).kinds[0].found, 1U);
  AlertSeen district = step("fired", 11);
  district.area = district.scope_key = "35.73.01";
  EXPECT_EQ(scored({label("s")}, {district}).kinds[0].found, 1U);
}

TEST(Scorer, WhatFitsNoLabelIsAFalseAlarm) {
  AlertSeen other_rule = step("fired", 11, {"e1"});
  other_rule.rule = "other";
  AlertSeen elsewhere = step("fired", 11, {"e1"});
  elsewhere.area = elsewhere.scope_key = "35.73.01.1002";
  for (const AlertSeen& seen : {other_rule, elsewhere, step("fired", 9), step("fired", 14 + 25)}) {
    const Scorecard card = scored({label("s")}, {seen});
    EXPECT_THAT(card.kinds[0].missed, ElementsAre("s"));
    EXPECT_EQ(card.false_alarms, 1U);
    EXPECT_DOUBLE_EQ(card.false_alarm_rate(), 1000.0 / 200);
    EXPECT_EQ(card.false_by_rule.at(seen.rule), 1U);
  }
}

TEST(Scorer, AnotherRuleOfTheStoryIsNeitherFoundNorFalse) {
  AlertSeen seen = step("fired", 11, {"s.1"});
  seen.rule = "other";
  const Scorecard card = scored({label("s")}, {seen});
  EXPECT_EQ(card.kinds[0].found, 0U);
  EXPECT_EQ(card.false_alarms, 0U);
}

TEST(Scorer, LateIsFoundAndSaid) {
  const Scorecard card = scored({label("s")}, {step("fired", 20)});
  EXPECT_EQ(card.kinds[0].found, 1U);
  EXPECT_EQ(card.kinds[0].late, 1U);
}

TEST(Scorer, ARaiseTellsToo) {
  const Scorecard card = scored({label("s")}, {step("fired", 9, {"s.0"}), step("raised", 13, {"s.0"})});
  EXPECT_THAT(card.kinds[0].hours, ElementsAre(3.0));
}

TEST(Scorer, KeysDecideWhereThereAreSome) {
  Label keyed = label("s");
  keyed.keys = {"k-1"};
  EXPECT_EQ(scored({keyed}, {step("fired", 11, {"s.1"})}).kinds[0].found, 0U);
  AlertSeen seen = step("fired", 11);
  seen.scope_key = "k-1";
  EXPECT_EQ(scored({keyed}, {seen}).kinds[0].found, 1U);
}

TEST(Scorer, WhatMustBeTakenBackHasToEndInTime) {
  Label rumour = label("s");
  rumour.taken_back_by = hour(16);
  EXPECT_EQ(scored({rumour}, {step("fired", 11)}).kinds[0].found, 0U);
  EXPECT_EQ(scored({rumour}, {step("fired", 11), step("withdrawn", 17)}).kinds[0].found, 0U);
  EXPECT_EQ(scored({rumour}, {step("fired", 11), step("withdrawn", 16)}).kinds[0].found, 1U);
}

TEST(Scorer, SilenceIsBrokenByARuleOfTheLabelOnly) {
  Label quiet = label("s");
  quiet.must_alert = false;
  EXPECT_EQ(scored({quiet}, {}).kinds[0].found, 1U);
  AlertSeen other = step("fired", 11, {"s.1"});
  other.rule = "other";
  EXPECT_EQ(scored({quiet}, {other}).kinds[0].found, 1U);
  EXPECT_THAT(scored({quiet}, {step("fired", 11, {"s.1"})}).kinds[0].missed, ElementsAre("s"));
}

TEST(Scorer, ShadowIsNotLookedAt) {
  AlertSeen seen = step("fired", 11);
  seen.shadow = true;
  const Scorecard card = scored({label("s")}, {seen});
  EXPECT_EQ(card.kinds[0].found, 0U);
  EXPECT_EQ(card.episodes, 0U);
}

TEST(Scorer, AStoryHasOneLabel) {
  const auto scorer = Scorer::of({}, {label("s"), label("t"), label("s")});
  ASSERT_FALSE(scorer.has_value());
  EXPECT_THAT(scorer.error().message, HasSubstr("\"s\" has two labels"));
}

TEST(Scorecard, HasAMedian) {
  EXPECT_EQ(median({}), 0);
  EXPECT_EQ(median({1, 2, 9}), 2);
  EXPECT_EQ(median({1, 2, 4, 9}), 3);
}

TEST(Scorecard, IsTextAndJson) {
  Label quoted = label("a \"quoted\" one");
  quoted.areas = {"35.73.02.1001"};
  const Scorecard card = scored({label("s"), quoted}, {step("fired", 12, {"s.1"})});
  EXPECT_THAT(to_text(card), HasSubstr("missed: a \"quoted\" one\n"));
  EXPECT_THAT(to_json(card), HasSubstr(R"("missed":["a \"quoted\" one"],"median_hours":2.000,"max_hours":2.000)"));
  EXPECT_THAT(to_json(card), HasSubstr(R"("area_days":200)"));
}

}  // namespace
}  // namespace kentongan::scenario
