// SPDX-License-Identifier: Apache-2.0
// State that was saved under other rules: what goes on, what ends, and what counts no more.
#include <fmt/format.h>

#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string rule(std::string_view id, std::string_view block, std::string_view alert = "quiet_for: 2h") {
  return fmt::format("  - {{id: {}, {}, alert: {{level: siaga, message: {{id: m}}, to: [lurah], {}}}}}\n", id, block,
                     alert);
}
std::string rules(std::string_view text) { return "rules:\n" + std::string(text); }

/// A play that can go on under other rules.
struct Story : Play {
  explicit Story(const std::string& yaml) : Play(yaml) {}
  void go_on_with(const std::string& yaml) {
    save(saved);
    restart(saved, rules_of(yaml));
  }
  SavedState saved;
};

const std::string kOther = rule("other", "match: {category: hoax}, check: {}");

TEST(ChangedRules, AnAlertWhoseRuleIsGoneExpires) {
  Story play(rules(rule("c", "check: {}") + kOther));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h"), {.category = "hoax"}));
  const std::string alert = play.last_alert("c");
  (void)play.log();
  play.go_on_with(rules(kOther));
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 1U);
  const auto& step = std::get<AlertStep>(outputs[0].data);
  EXPECT_EQ(step.alert.value(), alert);
  EXPECT_EQ(step.step, AlertStepKind::expired);
  EXPECT_EQ(step.state, AlertState::expired);
  EXPECT_EQ(step.rule, "c");
  EXPECT_EQ(step.scope.key, "35.73.02.1004");
  EXPECT_EQ(step.reasons.at(0).code, "rule_removed");
  EXPECT_THAT(step.to, ElementsAre("lurah"));
  EXPECT_EQ(step.text.message.id, "m");
  EXPECT_EQ(outputs[0].time, at("1h"));
  EXPECT_EQ(outputs[0].id, alert + "-2");
  EXPECT_THAT(play.open(), ElementsAre("other 35.73.02.1004"));
  // It is known as closed, also behind another restart, and ends only once.
  play.go_on_with(rules(kOther));
  EXPECT_THAT(play.log(), IsEmpty());
  EXPECT_EQ(play.take(action("a-1", at("1h"), alert, "acknowledge")), "applied");
  EXPECT_THAT(play.log(), IsEmpty());
  play.save(play.saved);
  for (const auto& [key, value] : play.saved) {
    EXPECT_FALSE(std::get<1>(key) == "pattern" && std::get<2>(key).starts_with("c\n"))
        << "state of a rule that is gone";
  }
}

TEST(ChangedRules, SwitchedOffIsGone) {
  Story play(rules(rule("c", "check: {}")));
  play.take(report("r-1", at("0s")));
  (void)play.log();
  play.go_on_with(rules(rule("c", "status: off, check: {}") + kOther));
  EXPECT_THAT(play.log(), ElementsAre("0s expired c 35.73.02.1004 siaga to=lurah"));
}

TEST(ChangedRules, AnotherKindOrScopeEndsTheAlert) {
  for (const char* block : {"count: {at_least: 1, within: 1h}", "check: {per: district}", "level: {at: siaga}",
                            "check: {per: [category]}", "clash: {same: area}", "spike: {method: cusum}"}) {
    SCOPED_TRACE(block);
    Story play(rules(rule("c", "check: {}")));
    play.take(report("r-1", at("0s")));
    (void)play.log();
    play.go_on_with(rules(rule("c", block)));
    EXPECT_THAT(play.log(), ElementsAre("0s expired c 35.73.02.1004 siaga to=lurah"));
    EXPECT_THAT(play.open(), IsEmpty());
    play.take(report("r-2", at("1h")));
    play.until("30d");
  }
}

TEST(ChangedRules, AChangedConditionKeepsItsAlertAndWhatItLetIn) {
  Story play(rules(rule("c", "match: {category: intimidation}, count: {at_least: 3, within: 1d}")));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h")));
  play.go_on_with(rules(rule("c", "match: {category: hoax}, count: {at_least: 3, within: 1d}")));
  play.take(report("r-3", at("2h")));  // no hoax
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-4", at("3h"), {.category = "hoax"}));
  EXPECT_THAT(play.log(), ElementsAre("3h fired c 35.73.02.1004 siaga to=lurah"));
  const std::string alert = play.last_alert("c");
  play.go_on_with(
      rules(rule("c", "match: {category: vote_buying}, count: {at_least: 5, within: 2d}", "quiet_for: 1d")));
  EXPECT_THAT(play.log(), IsEmpty());
  EXPECT_THAT(play.open(), ElementsAre("c 35.73.02.1004"));
  play.take(action("a-1", at("4h"), alert, "acknowledge"));
  EXPECT_THAT(play.log(), ElementsAre("4h acknowledged c 35.73.02.1004 siaga acknowledged to=lurah"));
}

TEST(ChangedRules, AShorterWindowLooksAtLess) {
  Story play(rules(rule("c", "count: {at_least: 3, within: 1d}")));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("10h")));
  play.go_on_with(rules(rule("c", "count: {at_least: 2, within: 2h}")));
  play.take(report("r-3", at("13h")));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-4", at("14h")));
  EXPECT_THAT(play.log(), ElementsAre("14h fired c 35.73.02.1004 siaga to=lurah"));
}

TEST(ChangedRules, WhatCountsOtherThingsBeginsWithAnEmptyWindow) {
  Story play(rules(rule("c", "count: {at_least: 2, within: 1d}", "quiet_for: 3h")));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h")));
  (void)play.log();
  play.take(report("r-3", at("2h"), {.category = "hoax"}));
  play.go_on_with(rules(rule("c", "count: {at_least: 2, within: 1d, distinct: category}", "quiet_for: 3h")));
  EXPECT_THAT(play.open(), ElementsAre("c 35.73.02.1004"));
  const auto kept = play.engine().kept();
  EXPECT_EQ(kept.at("c").alerts, 1U);
  EXPECT_TRUE(kept.at("c").window_dropped);
  // Its quiet time begins with the change.
  play.until("5h");
  EXPECT_THAT(play.log(), ElementsAre("5h resolved c 35.73.02.1004 siaga to=lurah"));
  play.take(report("r-4", at("6h"), {.category = "hoax"}));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-5", at("7h")));
  EXPECT_THAT(play.log(), ElementsAre("7h fired c 35.73.02.1004 siaga to=lurah"));
}

TEST(ChangedRules, ASequenceWithOtherStepsBeginsAnew) {
  const auto steps = [](std::string_view more) {
    return rules(rule("s", fmt::format("sequence: {{within: 1d, steps: [{{match: {{category: hoax}}}}, {}{{match: "
                                       "{{category: intimidation}}}}]}}",
                                       more)));
  };
  Story play(steps(""));
  play.take(report("r-1", at("0s"), {.category = "hoax"}));
  play.go_on_with(steps("{not: true, match: {category: vote_buying}}, "));
  play.take(report("r-2", at("1h")));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-3", at("2h"), {.category = "hoax"}));
  play.go_on_with(steps("{not: true, match: {category: asn_neutrality}}, "));
  play.take(report("r-4", at("3h")));
  EXPECT_THAT(play.log(), ElementsAre("3h fired s 35.73.02.1004 siaga to=lurah"));
}

TEST(ChangedRules, WhatIsDueInThePastTakesEffectAtTheClock) {
  Story play(rules(rule("c", "check: {}", "quiet_for: 10h") + kOther));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("5h"), {.category = "hoax", .reporter = "b"}));
  (void)play.log();
  play.go_on_with(rules(
      rule("c", "match: {category: intimidation}, check: {}", "quiet_for: 10h, escalate: [{after: 15m, to: [camat]}]") +
      kOther));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-3", at("6h"), {.category = "hoax", .reporter = "b"}));
  EXPECT_THAT(play.log(), Contains("5h escalated c 35.73.02.1004 siaga tier=1 to=camat"));
  play.go_on_with(rules(rule("c", "match: {category: intimidation}, check: {}", "quiet_for: 30m") + kOther));
  play.until("7h");
  EXPECT_THAT(play.log(), Contains("6h resolved c 35.73.02.1004 siaga tier=1 to=lurah,camat"));
}

TEST(ChangedRules, WhatWasAddedToAScoreGoesOnAsItWas) {
  const std::string before = rules("  - {id: s, score: {add: 8, half_life: 1d, spill: 0.2}}\n");
  for (const std::string& next :
       {rules("  - {id: s, score: {add: 2, half_life: 10d, spill: 0.1}}\n"),
        rules("  - {id: other, match: {category: hoax}, score: {add: 3, half_life: 1d}}\n"),
        rules("  - {id: s, status: shadow, score: {add: 8, half_life: 1d, spill: 0.2}}\n"), rules(kOther)}) {
    SCOPED_TRACE(next);
    Story play(before);
    play.take(report("r-1", at("0s"), {.area = "35.73.01.1003"}));
    const double spilled = play.score("35.73.01.1002");
    ASSERT_GT(spilled, 0);
    play.go_on_with(next);
    EXPECT_DOUBLE_EQ(play.score("35.73.01.1003"), 8);
    EXPECT_DOUBLE_EQ(play.score("35.73.01.1002"), spilled);
    play.until("1d");
    EXPECT_DOUBLE_EQ(play.score("35.73.01.1003"), 4);
    // Saved and restored once more, and then refuted: nothing is left of it.
    play.go_on_with(next);
    EXPECT_DOUBLE_EQ(play.score("35.73.01.1003"), 4);
    const auto view = play.engine().view(*town()->find_place("35.73.01.1003"));
    ASSERT_EQ(view.contributions.size(), 1U);
    EXPECT_EQ(view.contributions[0].rule, "s");
    EXPECT_EQ(play.take(refutation("r-2", at("1d"), "r-1", "35.73.01.1003")), "applied");
    EXPECT_EQ(play.score("35.73.01.1003"), 0);
    EXPECT_EQ(play.score("35.73.01.1002"), 0);
  }
}

TEST(ChangedRules, AnotherWeightOfVoicesHoldsForWhatCanStillChange) {
  const auto with = [](double factor) {
    return fmt::format("risk: {{voice: {{factor: {}}}}}\nrules:\n  - {{id: s, score: {{add: 8, half_life: 1d}}}}\n",
                       factor);
  };
  Story play(with(0.5));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("0s")));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 12);
  play.go_on_with(with(0.25));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 10);
  play.go_on_with(with(0.25));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 10);
  play.take(refutation("r-3", at("0s"), "r-1"));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 8);
  play.take(refutation("r-4", at("0s"), "r-2"));
  EXPECT_EQ(play.score("35.73.02.1004"), 0);
}

std::string level_rules(std::string_view level) {
  return "risk: {levels: {waspada: 4, siaga: 20, awas: 60}}\nrules:\n  - {id: s, score: {add: 8, half_life: 30d}}\n" +
         (level.empty() ? "" : rule("l", fmt::format("level: {{at: {}}}", level), "quiet_for: 1h"));
}

TEST(ChangedRules, ANewLevelRuleLooksAtTheLevelsThatThereAre) {
  Story play(level_rules(""));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h"), {.area = "35.73.01.1001", .severity = 1, .reporter = "b"}));
  (void)play.log();
  play.go_on_with(level_rules("waspada"));
  EXPECT_THAT(play.log(),
              ElementsAre("1h fired l 35.73.01.1001 siaga to=lurah", "1h fired l 35.73.02.1004 siaga to=lurah"));
  play.go_on_with(level_rules("waspada"));
  EXPECT_THAT(play.log(), IsEmpty());
  play.go_on_with(level_rules("siaga"));
  EXPECT_THAT(play.log(), IsEmpty());
  play.until("3h");
  EXPECT_THAT(play.log(),
              ElementsAre("2h resolved l 35.73.01.1001 siaga to=lurah", "2h resolved l 35.73.02.1004 siaga to=lurah"));
}

TEST(ChangedRules, AShadowAlertEndsInShadow) {
  Story play(rules(rule("c", "status: shadow, check: {}") + kOther));
  play.take(report("r-1", at("0s")));
  (void)play.log();
  play.go_on_with(rules(kOther));
  EXPECT_THAT(play.log(), ElementsAre("0s expired c 35.73.02.1004 siaga shadow"));
}

TEST(ChangedRules, ARuleThatGoesLiveGoesOnWithItsAlert) {
  Story play(rules(rule("c", "status: shadow, check: {}")));
  play.take(report("r-1", at("0s")));
  (void)play.log();
  play.go_on_with(rules(rule("c", "check: {}")));
  EXPECT_THAT(play.open(), ElementsAre("c 35.73.02.1004"));
  play.until("3h");
  EXPECT_THAT(play.log(), ElementsAre("2h resolved c 35.73.02.1004 siaga"));
}

}  // namespace
}  // namespace kentongan::engine::testing
