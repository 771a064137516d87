// SPDX-License-Identifier: Apache-2.0
// What is told of a city is what it holds, and to ask changes nothing.
#include <fmt/format.h>

#include "engine/insight.hpp"
#include "random_city.hpp"
#include "rules/operands_told.hpp"

namespace kentongan::engine::testing {
namespace {

/// All lines of a story, with everything asked that can be asked, or nothing.
std::vector<std::string> lines_of(const std::vector<Input>& inputs, const std::shared_ptr<const rules::RuleSet>& rules,
                                  Options options, bool ask) {
  std::size_t told = 0;
  const auto ask_all = [&](const City& city, const Event& event) {
    const Insight insight(city);
    for (std::uint32_t rule = 0; rule < rules->rules.size(); ++rule) {
      told += insight.holdings(RuleIndex{rule}, event).size();
      told += insight.in_stages(RuleIndex{rule}, event) && insight.counts(RuleIndex{rule}, event) ? 1 : 0;
    }
  };
  if (ask) {
    options.watch = [&](const City& city, const Event& event, rules::Evaluator&) { ask_all(city, event); };
    options.fired = [&](const City& city, const Pattern& pattern, std::span<const RecordId> behind) {
      const Holding holding = Insight(city).at_fire(pattern, behind);
      EXPECT_TRUE(holding.enough);
      EXPECT_EQ(holding.events.size(), std::min(behind.size(), Holding::kMostEvents));
      ASSERT_TRUE(holding.open);
      EXPECT_EQ(holding.open->alert, pattern.episode->id);
    };
  }
  Play play(rules, options);
  std::vector<std::string> lines;
  for (const Input& input : inputs) {
    lines.push_back(feed(play, input));
    for (std::string& line : play.lines()) lines.push_back(std::move(line));
  }
  return lines;
}

TEST(Insight, AskingChangesNothing) {
  hold("asking changes nothing", 30, [] {
    const unsigned variant = *rc::gen::inRange(0U, kVariants);
    const auto rules = busy_rules(variant);
    const Options options = busy_options(variant);
    const auto inputs = to_inputs(*any_steps(), rules, options);
    RC_ASSERT(lines_of(inputs, rules, options, false) == lines_of(inputs, rules, options, true));
  });
}

/// What the first rule holds of the scopes of the event that came last.
class Asked {
 public:
  explicit Asked(std::string_view yaml, std::uint32_t rule = 0) : rules_(rules_of(yaml)), rule_(rule), play_(rules_) {}
  Play& play() { return play_; }
  std::vector<Holding> after(const std::string& raw) {
    (void)play_.take(raw);
    codec::Decoder decoder(reference_);
    const auto event = decoder.decode(raw);
    return Insight(*play_.engine().city(event->city)).holdings(rule_, *event);
  }

 private:
  std::shared_ptr<const Reference> reference_ = town();
  std::shared_ptr<const rules::RuleSet> rules_;
  RuleIndex rule_;
  Play play_;
};

std::vector<std::string> ids(const Holding& holding, bool all) {
  std::vector<std::string> ids;
  for (const HeldEvent& event : holding.events) {
    if (all || !event.repeats) ids.push_back(event.id);
  }
  return ids;
}

constexpr std::string_view kAlert = "    alert: {level: siaga, message: {id: m}}\n";

TEST(Insight, OfACountIsTheLargestWindowOfTheEvent) {
  Asked asked(
      fmt::format("rules:\n  - id: n\n    match: {{category: intimidation}}\n"
                  "    count: {{at_least: 3, distinct: reporter.ref, within: 6h}}\n{}",
                  kAlert));
  (void)asked.after(report("r1", at("0h"), {.reporter = "a"}));
  (void)asked.after(report("r2", at("5h"), {.reporter = "a"}));
  auto held = asked.after(report("r3", at("7h"), {.reporter = "b"}));
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].scope.key, "35.73.02.1004");
  EXPECT_EQ(held[0].size.count, 2);
  EXPECT_EQ(held[0].size.distinct, 2);
  EXPECT_EQ(ids(held[0], true), (std::vector<std::string>{"r2", "r3"}));
  EXPECT_FALSE(held[0].enough);
  // Of one that does not match: what the scope holds behind the clock.
  held = asked.after(report("r4", at("8h"), {.category = "hoax", .reporter = "c"}));
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(ids(held[0], true), (std::vector<std::string>{"r2", "r3"}));
  held = asked.after(report("r5", at("8h"), {.reporter = "b"}));
  EXPECT_EQ(ids(held[0], false), (std::vector<std::string>{"r2", "r3"}));
  held = asked.after(report("r6", at("9h"), {.reporter = "c"}));
  EXPECT_TRUE(held[0].enough);
  ASSERT_TRUE(held[0].open);
  EXPECT_EQ(held[0].open->fired, at("9h"));
}

TEST(Insight, OfASequenceIsHowFarItIs) {
  Asked asked(
      fmt::format("rules:\n  - id: s\n    sequence: {{within: 6h, steps: [{{match: {{category: hoax}}}}, "
                  "{{not: true, match: {{category: disaster}}}}, {{match: {{category: provocation}}}}, "
                  "{{match: {{category: mass_clash}}}}]}}\n{}",
                  kAlert));
  auto held = asked.after(report("a", at("0h"), {.category = "hoax"}));
  const auto* sequence = std::get_if<SequenceHeld>(&held.at(0).more);
  ASSERT_NE(sequence, nullptr);
  EXPECT_EQ(sequence->steps, 1U);
  EXPECT_EQ(sequence->needed, 3U);
  EXPECT_EQ(sequence->until, at("6h"));
  held = asked.after(report("b", at("1h"), {.category = "disaster"}));
  held = asked.after(report("c", at("2h"), {.category = "provocation"}));
  sequence = std::get_if<SequenceHeld>(&held.at(0).more);
  EXPECT_EQ(sequence->steps, 1U);
  EXPECT_EQ(sequence->prevented_by, "b");
  (void)asked.after(report("d", at("3h"), {.category = "hoax"}));
  held = asked.after(report("e", at("4h"), {.category = "provocation"}));
  sequence = std::get_if<SequenceHeld>(&held.at(0).more);
  EXPECT_EQ(sequence->steps, 2U);
  EXPECT_EQ(sequence->events, (std::vector<std::string>{"d", "e"}));
  EXPECT_FALSE(sequence->prevented_by);
  EXPECT_EQ(sequence->until, at("9h"));
}

TEST(Insight, OfALevelIsTheScoreAndWhoStandsBehindIt) {
  Asked asked(
      "rules:\n  - id: a\n    score: {add: 20, half_life: 3d}\n  - id: b\n    level: {at: siaga}\n"
      "    alert: {message: {id: m}}\n",
      1);
  auto held = asked.after(report("r1", at("0h"), {.reporter = "x"}));
  const auto* risk = std::get_if<RiskHeld>(&held.at(0).more);
  ASSERT_NE(risk, nullptr);
  EXPECT_EQ(risk->level, Level::waspada);
  EXPECT_DOUBLE_EQ(risk->score, 20);
  EXPECT_EQ(risk->reporters, 1);
  held = asked.after(report("r2", at("0h"), {.reporter = "y"}));
  risk = std::get_if<RiskHeld>(&held.at(0).more);
  EXPECT_EQ(risk->reporters, 2);
  EXPECT_TRUE(held[0].enough);
  EXPECT_TRUE(risk->entered);
}

TEST(Insight, OfAScoreIsItsWeight) {
  Asked asked("rules:\n  - id: a\n    score: {add: 8, half_life: 3d}\n");
  (void)asked.after(report("r1", at("0h"), {.reporter = "x"}));
  const auto held = asked.after(report("r2", at("1h"), {.reporter = "x", .source = 'C'}));
  const auto* score = std::get_if<ScoreHeld>(&held.at(0).more);
  ASSERT_NE(score, nullptr);
  EXPECT_DOUBLE_EQ(score->base, 6);
  EXPECT_EQ(score->rank, 2U);
  EXPECT_DOUBLE_EQ(score->voice, 0.5);
}

TEST(OperandsTold, NameWhatWasAskedForAndWhatFailed) {
  const auto rules = rules_of(fmt::format(
      "macros:\n  bad: report.severity >= 4\nrules:\n  - id: w\n"
      "    when: 'report.crowd > 5 && bad && (has(report.rw) || area.risk >= 0.0) && report.text.contains(\"x\")'\n"
      "    check: {{}}\n{}",
      kAlert));
  std::vector<rules::OperandTold> told;
  Options options;
  options.watch = [&](const City& city, const Event&, rules::Evaluator& evaluator) {
    told = rules::operands_told(*rules->rules[0].condition.when, Insight(city).situation(), evaluator.reference());
  };
  Play play(rules, options);
  (void)play.take(report("r1", at("0h"), {.severity = 3, .more = R"("text":"secret")"}));
  ASSERT_EQ(told.size(), 4U);
  EXPECT_EQ(told[0].text, "report.crowd > 5");
  EXPECT_EQ(told[0].outcome, rules::Outcome::failed);
  EXPECT_NE(told[0].error.en, "");
  ASSERT_EQ(told[0].looked_at.size(), 1U);
  EXPECT_EQ(told[0].looked_at[0].name, "crowd");
  EXPECT_TRUE(told[0].looked_at[0].missing);
  EXPECT_EQ(told[1].text, "bad");
  EXPECT_EQ(told[1].outcome, rules::Outcome::no);
  EXPECT_EQ(told[1].looked_at.at(0).value, "3");
  EXPECT_EQ(told[2].outcome, rules::Outcome::yes);
  ASSERT_EQ(told[2].looked_at.size(), 2U);
  EXPECT_EQ(told[2].looked_at[1].name, "area.risk");
  EXPECT_EQ(told[3].looked_at.at(0).value, "...") << "free text is nobody's business";
}

}  // namespace
}  // namespace kentongan::engine::testing
