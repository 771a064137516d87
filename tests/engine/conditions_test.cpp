// SPDX-License-Identifier: Apache-2.0
// Check, count, score and level rules: when they hold, and what an event's outputs look like.
#include <string>

#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kCount = R"(
rules:
  - id: three
    count: {at_least: 3, within: 24h, distinct: reporter.ref}
    alert: {level: siaga, message: {id: "{{ count }} dari {{ distinct }} di {{ area.name }}"}, to: [lurah]}
)";

TEST(Check, EachMatchingEventFiresOncePerEpisode) {
  Play play(R"(
rules:
  - {id: severe, match: {severity: [4, 5]}, check: {}, alert: {level: waspada, message: {id: m}, quiet_for: 2h}}
)");
  play.take(report("r-1", at("0s"), {.severity = 3}));
  play.take(report("r-2", at("1h"), {.severity = 4}));
  play.take(report("r-3", at("2h"), {.severity = 5}));
  play.take(report("r-4", at("2h"), {.area = "35.73.02.1005", .severity = 5}));
  play.until("1d");
  EXPECT_THAT(play.log(), ElementsAre("1h fired severe 35.73.02.1004 waspada to=lurah",
                                      "2h fired severe 35.73.02.1005 waspada to=lurah",
                                      "4h resolved severe 35.73.02.1004 waspada to=lurah",
                                      "4h resolved severe 35.73.02.1005 waspada to=lurah"));
}

TEST(Count, CountsDistinctValuesInAWindow) {
  Play play(kCount);
  for (const auto& [id, when, who] : {std::tuple("r-1", "0s", "a"), {"r-2", "1h", "a"}, {"r-3", "2h", "b"}}) {
    play.take(report(id, at(when), {.reporter = who}));
  }
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(report("r-4", at("3h"), {.reporter = "c"}));
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 1U);
  const auto& step = std::get<AlertStep>(outputs[0].data);
  EXPECT_EQ(step.count, 4);
  EXPECT_EQ(step.distinct, 3);
  EXPECT_EQ(step.text.message.id, "4 dari 3 di Place 04");
  EXPECT_THAT(step.events, ElementsAre("r-1", "r-2", "r-3", "r-4"));
  EXPECT_EQ(step.area, "35.73.02.1004");
  EXPECT_EQ(step.since, at("3h"));
  EXPECT_EQ(step.first_symptom, at("0s"));
}

TEST(Count, AWindowHoldsItsStartAndNotItsEnd) {
  const std::string_view rules = R"(
rules:
  - {id: two, count: {at_least: 2, within: 24h}, alert: {level: siaga, message: {id: m}, quiet_for: 0s}}
)";
  Play exact(rules);
  exact.take(report("r-1", at("0s")));
  exact.take(report("r-2", at("24h")));
  EXPECT_THAT(exact.log(), IsEmpty());
  Play inside(rules);
  inside.take(report("r-1", at("0s")));
  inside.take(report("r-2", at("24h") - Duration{1}));
  inside.until("3d");
  // It goes on holding until the first of the two leaves the window behind the clock.
  EXPECT_THAT(inside.log(), ElementsAre("23h59m59s fired two 35.73.02.1004 siaga to=lurah,polsek",
                                        "1d resolved two 35.73.02.1004 siaga to=lurah,polsek"));
}

TEST(Count, AnEventOutOfOrderMakesItHoldAtTheClock) {
  Play play(kCount);
  play.take(report("r-1", at("0s"), {.reporter = "a"}));
  play.take(report("r-3", at("2h"), {.reporter = "c"}));
  play.take(report("r-9", at("20h"), {.category = "hoax", .reporter = "a"}));
  play.take(report("r-2", at("1h"), {.reporter = "b"}));
  EXPECT_THAT(play.log(), ElementsAre("20h fired three 35.73.02.1004 siaga to=lurah"));
}

TEST(Count, AnEventInTheMiddleCompletesAWindowAroundIt) {
  Play play(R"(
rules:
  - {id: three, count: {at_least: 3, within: 3h}, alert: {level: siaga, message: {id: m}}}
)");
  play.take(report("r-1", at("0s")));
  play.take(report("r-3", at("2h")));
  play.take(report("r-9", at("12h")));
  play.take(report("r-2", at("1h")));
  EXPECT_EQ(play.open().size(), 1U);
}

TEST(Count, ALateEventEntersNoWindowAndAnEventWithoutTheValueTakesNoPart) {
  Play play(R"(
rules:
  - {id: two, count: {at_least: 2, within: 48h, distinct: rw}, alert: {level: siaga, message: {id: m}}}
  - {id: all, check: {}, alert: {level: waspada, message: {id: m}, quiet_for: 1s}}
)");
  EXPECT_EQ(play.take(report("r-1", at("30h"), {.more = R"("rw":"01")"})), "applied");
  EXPECT_EQ(play.take(report("r-2", at("5h"), {.more = R"("rw":"02")"})), "late");
  EXPECT_EQ(play.take(report("r-3", at("31h"))), "applied");
  EXPECT_EQ(play.effects().rules[0].late, 0U);
  EXPECT_EQ(play.effects().rules[1].late, 1U);
  EXPECT_THAT(play.open(), ElementsAre("all 35.73.02.1004"));
  EXPECT_EQ(play.take(report("r-4", at("32h"), {.more = R"("rw":"02")"})), "applied");
  EXPECT_THAT(play.open(), ElementsAre("all 35.73.02.1004", "two 35.73.02.1004"));
}

TEST(Count, ScopesOfEveryKind) {
  Play play(R"(
rules:
  - {id: a-district, on: report, count: {at_least: 1, within: 1h, per: district}, alert: {level: waspada, message: {id: m}}}
  - {id: b-city, on: report, count: {at_least: 1, within: 1h, per: city}, alert: {level: waspada, message: {id: m}}}
  - {id: c-fields, on: report, count: {at_least: 1, within: 1h, per: [category, severity]}, alert: {level: waspada, message: {id: m}}}
  - {id: d-station, on: readiness, check: {per: polling_station}, alert: {level: waspada, message: {id: m}}}
  - {id: e-consignment, on: consignment, check: {per: consignment}, alert: {level: waspada, message: {id: m}}}
  - {id: f-campaign, on: campaign, check: {per: campaign}, alert: {level: waspada, message: {id: m}}}
  - {id: g-areas, on: campaign, check: {}, alert: {level: waspada, message: {id: m}}}
)");
  play.take(report("r-1", at("0s")));
  play.take(event("readiness", "s-1", at("1s"), R"("area":"35.73.02.1004","tps":"7")"));
  play.take(event("readiness", "s-2", at("1s"), R"("area":"35.73.02.1004")"));  // no station: takes no part
  play.take(event("consignment", "k-1", at("2s"), R"("consignment":"k","area":"35.73.02","step":"packed")"));
  play.take(event("campaign", "c-1", at("3s"),
                  R"("campaign":"c","status":"cancelled","areas":["35.73.02.1005","35.73.01","35.73.02.1005"])"));
  EXPECT_THAT(
      play.log(),
      ElementsAre("0s fired a-district 35.73.02 waspada to=lurah", "0s fired b-city 35.73 waspada to=lurah",
                  "0s fired c-fields intimidation+3 waspada to=lurah",
                  "1s fired d-station 35.73.02.1004/007 waspada to=lurah", "2s fired e-consignment k waspada to=lurah",
                  "3s fired f-campaign c waspada to=lurah", "3s fired g-areas 35.73.01 waspada to=lurah",
                  "3s fired g-areas 35.73.02.1005 waspada to=lurah"));
}

TEST(Alert, NamesTheSmallestPlaceAndTheLatestHundredEvents) {
  Play play(R"(
rules:
  - {id: many, count: {at_least: 120, within: 1d, per: city}, alert: {level: siaga, message: {id: m}}}
)");
  for (int i = 0; i < 120; ++i) {
    play.take(report("r-" + std::to_string(i), at("0s") + std::chrono::minutes(i),
                     {.area = i % 2 ? "35.73.02.1004" : "35.73.02.1005"}));
  }
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 1U);
  const auto& step = std::get<AlertStep>(outputs[0].data);
  EXPECT_EQ(step.area, "35.73.02");
  EXPECT_EQ(step.count, 120);
  ASSERT_EQ(step.events.size(), 100U);
  EXPECT_EQ(step.events.front(), "r-20");
  EXPECT_EQ(step.events.back(), "r-119");
}

TEST(Alert, ShadowTellsNobodyAndScoresNothing) {
  Play play(R"(
rules:
  - {id: quiet, status: shadow, check: {}, alert: {level: siaga, message: {id: m}, to: [lurah], escalate: [{after: 1h, to: [camat]}]}}
  - {id: weight, status: shadow, score: {add: 100, half_life: 1d}}
)");
  play.take(report("r-1", at("0s")));
  play.until("61m");
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired quiet 35.73.02.1004 siaga shadow", "1h resolved quiet 35.73.02.1004 siaga shadow"));
  EXPECT_EQ(play.score("35.73.02.1004"), 0);
  EXPECT_EQ(play.effects().fired, 1U);
}

TEST(Order, RiskFirstThenAlertsByRuleAndScope) {
  Play play(R"(
risk: {levels: {waspada: 1, siaga: 50, awas: 60}}
rules:
  - {id: b-check, check: {}, alert: {level: waspada, message: {id: m}}}
  - {id: a-level, level: {at: waspada}, alert: {message: {id: m}}}
  - {id: c-level, level: {at: waspada, per: city}, alert: {message: {id: m}}}
  - {id: score, score: {add: 4, half_life: 1d, spill: 0.3}}
)");
  play.take(report("r-1", at("0s"), {.area = "35.73.01.1003"}));
  EXPECT_THAT(
      play.log(),
      ElementsAre("0s risk 35.73.01.1002 aman->waspada", "0s risk 35.73.01.1003 aman->waspada",
                  "0s risk 35.73.02.1004 aman->waspada", "0s risk 35.73.01 aman->waspada",
                  "0s risk 35.73.02 aman->waspada", "0s risk 35.73 aman->waspada",
                  "0s fired a-level 35.73.01.1002 waspada to=lurah", "0s fired a-level 35.73.01.1003 waspada to=lurah",
                  "0s fired a-level 35.73.02.1004 waspada to=lurah", "0s fired b-check 35.73.01.1003 waspada to=lurah",
                  "0s fired c-level 35.73 waspada to=lurah"));
}

TEST(Score, WeightsVoiceAndSpill) {
  Play play(R"(
rules:
  - {id: score, score: {add: 10, half_life: 1d, spill: 0.25}}
)");
  play.take(report("r-1", at("0s"), {.source = 'B', .content = 3}));  // 10 * 0.9 * 0.75
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 6.75);
  EXPECT_DOUBLE_EQ(play.score("35.73.01.1003"), 6.75 * 0.25);
  EXPECT_EQ(play.score("35.73.02.1005"), 0);
  play.take(report("r-2", at("1d")));  // the second of a: half
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 6.75 / 2 + 5);
  play.take(report("r-3", at("1d"), {.reporter = "b"}));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 6.75 / 2 + 15);
  EXPECT_DOUBLE_EQ(play.score("35.73.02"), 6.75 / 2 + 15);
  EXPECT_DOUBLE_EQ(play.score("35.73"), 6.75 / 2 + 15);
  // Of a neighbour only its own part spills.
  play.take(report("r-4", at("1d"), {.area = "35.73.01.1003", .reporter = "c"}));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 6.75 / 2 + 15 + 2.5);
  // Eight days on, a's earlier reports are out of the voice span.
  play.take(report("r-5", at("9d")));
  EXPECT_NEAR(play.score("35.73.02.1004"), (6.75 / 2 + 17.5) / 256 + 10, 1e-12);
}

TEST(Level, NeedsReportersToRiseAndNoneToStay) {
  Play play(R"(
rules:
  - {id: score, score: {add: 15, half_life: 1d}}
)");
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1s"), {.severity = 5, .reporter = "a"}));
  play.take(report("r-3", at("2s"), {.reporter = "a"}));
  EXPECT_THAT(play.log(), ElementsAre("0s risk 35.73.02.1004 aman->waspada", "0s risk 35.73.02 aman->waspada",
                                      "0s risk 35.73 aman->waspada"));
  play.take(report("r-4", at("3s"), {.reporter = "b", .source = 'F', .content = 6}));
  EXPECT_EQ(play.level("35.73.02.1004"), Level::siaga);
}

TEST(Level, FallsAtTheFullMinuteBelowLeaveAt) {
  Play play(R"(
risk: {independent: {siaga: 1, awas: 1}}
rules:
  - {id: score, score: {add: 32, half_life: 1h}}
)");
  play.take(report("r-1", at("0s") + std::chrono::seconds(30)));
  play.until("5h");
  // 32 falls below 20 after 40.7 min, below 8 after 2 h: at 8 exactly it still holds.
  EXPECT_THAT(play.log(), ElementsAre("30s risk 35.73.02.1004 aman->siaga", "30s risk 35.73.02 aman->siaga",
                                      "30s risk 35.73 aman->siaga", "42m risk 35.73.02.1004 siaga->waspada",
                                      "42m risk 35.73.02 siaga->waspada", "42m risk 35.73 siaga->waspada",
                                      "2h1m risk 35.73.02.1004 waspada->aman", "2h1m risk 35.73.02 waspada->aman",
                                      "2h1m risk 35.73 waspada->aman"));
}

TEST(Level, AnAlertRisesWithItAndForWaits) {
  Play play(R"(
risk: {levels: {waspada: 10, siaga: 25, awas: 60}, independent: {siaga: 1, awas: 1}, voice: {factor: 1}}
rules:
  - {id: at-once, level: {at: waspada}, alert: {message: {id: "{{ area.name }}"}, quiet_for: 0s, to: [lurah]}}
  - {id: waits, level: {at: siaga, for: 30m}, alert: {level: siaga, message: {id: m}, quiet_for: 1h, to: [camat]}}
  - {id: score, score: {add: 30, half_life: 1h}}
)");
  play.take(report("r-1", at("0s")));
  play.until("14m");
  play.take(report("r-2", at("15m")));
  play.until("6h");
  const auto log = play.log();
  std::vector<std::string> alerts;
  std::copy_if(log.begin(), log.end(), std::back_inserter(alerts),
               [](const std::string& line) { return line.find("risk") == std::string::npos; });
  // 55.2 from the second report on: below 20 after 88 min, below 8 after 167 min.
  EXPECT_THAT(alerts, ElementsAre("0s fired at-once 35.73.02.1004 siaga to=lurah",
                                  "30m fired waits 35.73.02.1004 siaga to=camat",
                                  "2h43m resolved waits 35.73.02.1004 siaga to=camat",
                                  "3h3m resolved at-once 35.73.02.1004 siaga to=lurah"));
}

TEST(Level, SumRollsUpWithItsOwnHysteresis) {
  Play play(R"(
risk: {rollup: sum}
rules:
  - {id: score, score: {add: 8, half_life: 1d}}
)");
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1m"), {.area = "35.73.02.1005", .reporter = "b"}));
  EXPECT_THAT(play.log(), ElementsAre("1m risk 35.73.02 aman->waspada", "1m risk 35.73 aman->waspada"));
  EXPECT_NEAR(play.score("35.73.02"), 16, 0.01);
  play.until("2d");
  EXPECT_THAT(play.log(), ElementsAre("1d1m risk 35.73.02 waspada->aman", "1d1m risk 35.73 waspada->aman"));
}

/// See kMostEntries.
TEST(Bounds, AScopeWithTooManyEventsForgetsTheOldestAndCountsIt) {
  Play play(R"(
rules:
  - {id: s, spike: {method: cusum, per: city}, alert: {level: siaga, message: {id: m}}}
)");
  for (int i = 0; i < 10'002; ++i) {
    ASSERT_EQ(play.take(report("r-" + std::to_string(i), at("0s") + std::chrono::seconds(i))), "applied");
  }
  EXPECT_EQ(play.effects().rules[0].dropped, 2U);
  EXPECT_EQ(play.effects().rules[0].evaluated, 10'002U);
}

}  // namespace
}  // namespace kentongan::engine::testing
