// SPDX-License-Identifier: Apache-2.0
// Expressions in rules: what they know of an event, when they hold, what they add and say; stages.
#include <fmt/format.h>

#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Whether `when` holds of the last of these events, by the index and by the slow evaluator.
std::string holds(std::string_view on, std::string_view when, const std::vector<std::string>& events) {
  const std::string rules = fmt::format(R"(
macros:
  credible: report.source in ["A", "B"] && report.content <= 3
lists:
  pressure: [intimidation, provocation]
  grave: [4, 5]
rules:
  - id: a
    on: {}
    when: {}
    check: {{per: city}}
    alert: {{level: siaga, message: {{id: m}}, quiet_for: 0s, again_after: 0s}}
  - {{id: names, match: {{category: $pressure, severity: $grave}}, when: credible, score: {{add: 0, half_life: 1d}}}}
)",
                                        on, when);
  std::string outcome;
  for (const bool slow : {false, true}) {
    Options options;
    options.full_scan = slow;
    Play play(rules, options);
    for (const std::string& one : events) (void)play.take(one);
    const auto& effects = play.effects();
    const bool last = !events.empty() && !play.outputs().empty();
    outcome += fmt::format("{}{}{}", slow ? "/" : "", effects.rules[0].matched > 0 ? "yes" : "no",
                           effects.rules[0].failed > 0 ? "!" : "");
    EXPECT_EQ(last, effects.rules[0].matched > 0);
  }
  return outcome;
}

struct WhenCase {
  std::string_view when;
  std::string_view outcome;  ///< by index / by full scan; `!`: it failed (what the index decides does not fail)
};
void PrintTo(const WhenCase& one, std::ostream* out) { *out << one.when; }

class WhenOfReport : public ::testing::TestWithParam<WhenCase> {};

TEST_P(WhenOfReport, Holds) {
  const std::string event =
      report("r-1", at("0s"),
             {.severity = 4,
              .source = 'B',
              .content = 2,
              .more = R"("tps":"2","site":"store","crowd":30,"location":{"lat":-7.98,"lon":112.63})"});
  EXPECT_EQ(holds("report", GetParam().when, {event}), GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, WhenOfReport,
    ::testing::Values(WhenCase{"report.severity >= 4", "yes/yes"}, WhenCase{"severity > 4", "no/no"},
                      WhenCase{"severity in grave && category in pressure", "yes/yes"},
                      WhenCase{"credible && crowd >= 20", "yes/yes"}, WhenCase{"credible && crowd > 30", "no/no"},
                      WhenCase{"category != \"hoax\" && kind == \"incident\"", "yes/yes"},
                      WhenCase{"source < \"C\"", "yes/yes"}, WhenCase{"crowd == 30.0", "yes/yes"},
                      WhenCase{"tps == \"002\" && tps_known", "yes/yes"},
                      WhenCase{"area == \"35.73.02.1004\"", "yes/yes"},
                      WhenCase{"site.kind == \"store\" && site.name == \"Gudang\" && site == \"store\"", "yes/yes"},
                      WhenCase{"reporter.role == \"rw\"", "no/no!"}, WhenCase{"reporter.role != \"rw\"", "no!/no!"},
                      WhenCase{"reporter.role != \"rw\" || severity == 4", "yes/yes"},
                      WhenCase{"reporter.role != \"rw\" && severity == 3", "no/no"},
                      WhenCase{"\"!has(reporter.role)\"", "yes/yes"}, WhenCase{"rw == \"03\"", "no/no!"},
                      WhenCase{"1 / (severity - 4) > 0", "no!/no!"}, WhenCase{"text.size() > 3", "no!/no!"},
                      WhenCase{"has(report.location) && distance(location.lat, location.lon, -7.98, 112.64) < 1102.0",
                               "yes/yes"},
                      WhenCase{"distance(-7.98, 112.63, -7.98, 112.64) > 1101.0", "yes/yes"}));

INSTANTIATE_TEST_SUITE_P(
    Engine, WhenOfReport,
    ::testing::Values(
        WhenCase{"now == time && time == timestamp(\"2024-11-10T01:00:00Z\")", "yes/yes"},
        WhenCase{"area.name == \"Place 04\" && area.code == area && district.code == \"35.73.02\"", "yes/yes"},
        WhenCase{"city.code == \"35.73\" && area.level == \"aman\" && area.risk == 0.0", "yes/yes"},
        WhenCase{"stage.name == \"campaign\" && stage.day == 47 && stage.days_left == 2", "yes/yes"},
        WhenCase{"stage_on(now + duration(\"96h\")) == \"quiet_period\"", "yes/yes"},
        WhenCase{"stage_on(now + duration(\"120h\")) == \"quiet_period\"", "no!/no!"},
        WhenCase{"stage_on(now + duration(\"144h\")) == \"voting\"", "yes/yes"},
        WhenCase{"day_is(now + duration(\"24h\"), \"debate\") && !day_is(now, \"debate\")", "yes/yes"},
        WhenCase{"working_days(now, now + duration(\"168h\")) == 5", "yes/yes"},
        WhenCase{"working_days(now, now) == 0 && working_days(now, now - duration(\"72h\")) == 0", "yes/yes"},
        WhenCase{"working_days(now - duration(\"24h\"), now + duration(\"24h\")) == 1", "yes/yes"},
        WhenCase{"days_until(\"voting\") == 6 && days_until(\"quiet_period\") == 3", "yes/yes"},
        WhenCase{"days_until(\"campaign\") > 0", "no!/no!"},
        WhenCase{"local_hour(time) == 8 && local_weekday(time) == 0 && local_date(time) == \"2024-11-10\"",
                 "yes/yes"}));

TEST(When, WorkingDaysAreMondaysToFridaysWithoutHolidays) {
  for (int from = 0; from < 20; ++from) {
    for (int days = 0; days < 20; ++days) {
      int expected = 0;
      for (int day = from + 1; day <= from + days; ++day) {
        const int weekday = day % 7;  // day 0 is Sunday, 10 November
        if (weekday != 0 && weekday != 6) ++expected;
      }
      const std::string when = fmt::format(R"(working_days(now + duration("{}h"), now + duration("{}h")) == {})",
                                           from * 24, (from + days) * 24, expected);
      ASSERT_EQ(holds("report", when, {report("r-1", at("0s"))}), "yes/yes") << when;
    }
  }
}

std::string step(std::string_view id, std::string_view when, std::string_view name, std::string_view data) {
  return event("consignment", id, at(when),
               fmt::format(R"("consignment":"k-1","area":"35.73.02","step":"{}",{})", name, data));
}

class WhenOfConsignment : public ::testing::TestWithParam<WhenCase> {};

TEST_P(WhenOfConsignment, SeesItsHistory) {
  const std::vector<std::string> events{step("s-1", "0s", "packed", R"("quantity":12,"goods":"boxes")"),
                                        step("s-3", "5h", "arrived", R"("quantity":11)"),
                                        step("s-2", "3h", "dispatched", R"("quantity":10)")};
  EXPECT_EQ(holds("consignment", fmt::format("'quantity == 10 && ({})'", GetParam().when), events), GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(History, WhenOfConsignment,
                         ::testing::Values(WhenCase{"previous.step == \"packed\"", "yes/yes"},
                                           WhenCase{"first.quantity == 12", "yes/yes"},
                                           WhenCase{"previous.quantity > quantity", "yes/yes"},
                                           WhenCase{"time - previous.time == duration(\"3h\")", "yes/yes"},
                                           WhenCase{"now - time == duration(\"2h\")", "yes/yes"},
                                           WhenCase{"first.goods == \"boxes\" && !has(goods)", "yes/yes"},
                                           WhenCase{"previous.tps == \"001\" || tps_known", "no!/no!"}));

TEST(When, TheFirstStepHasNoPreviousAndIsItsOwnFirst) {
  const std::vector<std::string> one{step("s-1", "0s", "packed", R"("quantity":12)")};
  EXPECT_EQ(holds("consignment", "first.quantity == quantity && first.step == step", one), "yes/yes");
  EXPECT_EQ(holds("consignment", "'!has(previous) && first.time == time'", one), "yes/yes");
  EXPECT_EQ(holds("consignment", "previous.quantity == 12 || previous.quantity != 12", one), "no!/no!");
}

TEST(When, OtherEventsKnowTheirFields) {
  const std::string campaign = event("campaign", "c-1", at("0s"),
                                     R"("campaign":"c-1","status":"planned","party":"P1","method":"rally",)"
                                     R"("areas":["35.73.02.1004","35.73.01"],"starts_at":"2024-11-16T09:00:00+07:00",)"
                                     R"("ends_at":"2024-11-16T18:00:00+07:00","notice":{"date":"2024-11-08"})");
  EXPECT_EQ(
      holds("campaign", R"('"35.73.01" in areas && size(campaign.areas) == 2 && area.code == "35.73"')", {campaign}),
      "yes/yes");
  EXPECT_EQ(
      holds("campaign", "working_days(notice.date, starts_at) == 5 && day_is(starts_at, \"holiday\")", {campaign}),
      "yes/yes");
  EXPECT_EQ(
      holds("campaign", "starts_at - notice.date == duration(\"201h\") && campaign == campaign.campaign", {campaign}),
      "yes/yes");
  const std::string readiness =
      event("readiness", "d-1", at("0s"), R"("area":"35.73.02.1004","tps":"3","power":false)");
  EXPECT_EQ(holds("readiness", "'!power && !tps_known'", {readiness}), "yes/yes");
  EXPECT_EQ(holds("readiness", "police < 2", {readiness}), "no!/no!");
}

TEST(When, ScoresSeeTheAreaBeforeTheEventAndAllElseAfterIt) {
  Play play(R"(
risk: {levels: {waspada: 5, siaga: 50, awas: 60}}
rules:
  - {id: a-check, when: area.risk >= 5.0, check: {}, alert: {level: siaga, message: {id: "{{ area.risk }} {{ area.level }}"}}}
  - {id: b-score, score: {add: "area.level == 'aman' ? 5.0 : 1.0", half_life: 365d}}
  - {id: c-score, when: area.risk >= 5.0, score: {add: 2, half_life: 365d}}
)");
  play.take(report("r-1", at("0s")));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 5.0);
  const auto matched = [&](std::size_t rule) { return play.effects().rules[rule].matched; };
  EXPECT_EQ((std::vector{matched(0), matched(1), matched(2)}), (std::vector<std::uint64_t>{1, 1, 0}));
  play.take(report("r-2", at("0s"), {.reporter = "b"}));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 8.0);
  EXPECT_EQ((std::vector{matched(0), matched(1), matched(2)}), (std::vector<std::uint64_t>{2, 2, 1}));
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 4U);
  EXPECT_EQ(std::get<AlertStep>(outputs.back().data).text.message.id, "5 waspada");
}

TEST(Add, WhatFailsOrIsNegativeAddsNothingAndIsCounted) {
  Play play(R"(
rules:
  - {id: a, score: {add: 4 - severity, half_life: 365d}}
  - {id: b, score: {add: double(crowd) / 10.0, half_life: 365d}}
  - {id: c, score: {add: "double(severity) / 0.0", half_life: 365d}}
)");
  play.take(report("r-1", at("0s"), {.severity = 3, .more = R"("crowd":20)"}));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 3.0);
  const auto failed = [&](std::size_t rule) { return play.effects().rules[rule].failed; };
  EXPECT_EQ((std::vector{failed(0), failed(1), failed(2)}), (std::vector<std::uint64_t>{0, 0, 1}));
  play.take(report("r-2", at("0s"), {.area = "35.79.01.1001", .severity = 5, .reporter = "b"}));
  EXPECT_DOUBLE_EQ(play.score("35.79.01.1001"), 0.0);
  EXPECT_EQ((std::vector{failed(0), failed(1), failed(2)}), (std::vector<std::uint64_t>{1, 1, 2}));
}

/// A correction stands at the time of its report: stages and `time` are those of then.
TEST(When, ACorrectionStandsAtTheTimeOfItsReport) {
  Play play(R"(
rules:
  - id: a
    stages: [campaign]
    when: local_date(time) == "2024-11-12" && stage.name == "campaign" && severity == 5
    check: {}
    alert: {level: siaga, message: {id: "{{ time }} {{ now }} {{ stage.name }}"}}
)");
  play.take(report("r-1", at("2d")));
  play.take(report("r-2", at("3d"), {.severity = 5, .corrects = "r-1"}));
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 1U);
  EXPECT_EQ(std::get<AlertStep>(outputs[0].data).text.message.id, "12 Nov 2024 08:00 13 Nov 2024 08:00 campaign");
}

TEST(Stages, LimitARuleToTheDaysOfItsStages) {
  Play play(R"(
rules:
  - {id: a, stages: [quiet_period, voting], check: {}, alert: {level: siaga, message: {id: m}, quiet_for: 1h}}
)");
  play.take(report("r-1", at("2d15h59m")));
  play.take(report("r-2", at("2d16h")));
  play.take(report("r-3", at("4d15h59m")));
  play.take(report("r-4", at("4d16h"), {.area = "35.73.02.1005"}));
  play.take(report("r-5", at("6d")));
  play.take(report("r-6", at("7d")));
  play.until("10d");
  EXPECT_THAT(play.log(), ElementsAre("2d16h fired a 35.73.02.1004 siaga to=lurah,polsek",
                                      "2d17h resolved a 35.73.02.1004 siaga to=lurah,polsek",
                                      "4d15h59m fired a 35.73.02.1004 siaga to=lurah,polsek",
                                      "4d16h59m resolved a 35.73.02.1004 siaga to=lurah,polsek",
                                      "6d fired a 35.73.02.1004 siaga to=lurah,polsek",
                                      "6d1h resolved a 35.73.02.1004 siaga to=lurah,polsek"));
}

std::string entry(std::string_view id, std::string_view when, std::string_view status, std::string_view starts) {
  const std::string times = starts.empty() ? ""
                                           : fmt::format(R"(,"starts_at":"{}","ends_at":"{}")", rfc3339(at(starts)),
                                                         rfc3339(at(starts) + std::chrono::hours(2)));
  return event(
      "campaign", id, at(when),
      fmt::format(R"("campaign":"c-1","status":"{}","party":"P1","method":"rally","areas":["35.73.02.1004"]{})", status,
                  times));
}

TEST(Stages, OfACampaignEntryCountByItsStart) {
  Play play(R"(
rules:
  - {id: a, on: campaign, stages: [quiet_period], check: {per: campaign}, alert: {level: siaga, message: {id: "{{ status }}"}, quiet_for: 0s}}
)");
  play.take(entry("e-1", "0s", "planned", "1d"));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(entry("e-2", "1h", "changed", "3d"));
  play.take(entry("e-3", "2h", "cancelled", ""));
  play.take(entry("e-4", "3h", "cancelled", ""));
  play.take(entry("e-5", "4h", "changed", "5d"));
  play.take(entry("e-6", "5h", "cancelled", ""));
  EXPECT_THAT(play.log(), ElementsAre("1h fired a c-1 siaga to=lurah", "1h resolved a c-1 siaga to=lurah",
                                      "2h fired a c-1 siaga to=lurah", "2h resolved a c-1 siaga to=lurah",
                                      "3h fired a c-1 siaga to=lurah", "3h resolved a c-1 siaga to=lurah"));
}

TEST(Stages, ALevelRuleHoldsOnlyOnItsDays) {
  Play play(R"(
risk: {levels: {waspada: 5, siaga: 50, awas: 60}}
rules:
  - {id: a, stages: [quiet_period, voting], level: {at: waspada}, alert: {message: {id: "{{ stage.day }}"}, quiet_for: 2h, to: [lurah]}}
  - {id: b, stages: [quiet_period], level: {at: waspada, for: 3d}, alert: {message: {id: m}, quiet_for: 0s, to: [lurah]}}
  - {id: score, score: {add: 9, half_life: 365d}}
)");
  play.take(report("r-1", at("0s")));
  play.until("9d");
  EXPECT_THAT(
      play.log(),
      ElementsAre("0s risk 35.73.02.1004 aman->waspada", "0s risk 35.73.02 aman->waspada",
                  "0s risk 35.73 aman->waspada", "2d16h fired a 35.73.02.1004 waspada to=lurah",
                  "3d fired b 35.73.02.1004 waspada to=lurah", "4d16h resolved b 35.73.02.1004 waspada to=lurah",
                  "4d18h resolved a 35.73.02.1004 waspada to=lurah", "5d16h fired a 35.73.02.1004 waspada to=lurah",
                  "6d18h resolved a 35.73.02.1004 waspada to=lurah"));
}

TEST(Stages, TakingOutWithdrawsTheAlertOfALevelRuleAlsoBehindItsDays) {
  Play play(R"(
risk: {levels: {waspada: 5, siaga: 50, awas: 60}}
rules:
  - {id: a, stages: [campaign], level: {at: waspada}, alert: {message: {id: m}, quiet_for: 2d, to: [lurah]}}
  - {id: score, score: {add: 9, half_life: 365d}}
)");
  play.take(report("r-1", at("0s")));
  play.take(refutation("x", at("3d"), "r-1"));
  EXPECT_THAT(play.log(), ::testing::Contains("3d withdrawn a 35.73.02.1004 waspada to=lurah"));
}

/// Memory of a consignment stays bounded, and says what it said before.
TEST(Histories, KeepTheFirstAndWhatCanStillBePreceded) {
  struct Version {
    EventKey key;
  };
  Histories<Version> histories(true);
  const auto add = [&](int hour, TimePoint settled) {
    histories.add("k", {{at("0s") + std::chrono::hours(hour), fmt::format("{:05}", hour), "s"}}, settled);
  };
  const auto hours = [&] {
    std::vector<long> all;
    for (const Version& version : histories.of("k")) {
      all.push_back((version.key.time - at("0s")) / std::chrono::hours(1));
    }
    return all;
  };
  for (const int hour : {3, 0, 9, 5}) add(hour, at("0s"));
  EXPECT_THAT(hours(), ElementsAre(0, 3, 5, 9));
  add(10, at("6h"));
  EXPECT_THAT(hours(), ElementsAre(0, 5, 9, 10));
  for (int hour = 20; hour < 2000; ++hour) add(hour, at("0s"));
  EXPECT_EQ(hours().size(), Histories<Version>::kMostVersions);
  EXPECT_EQ(hours().front(), 0);
  EXPECT_EQ(hours().back(), 1999);
  histories.forget(at("0s") + std::chrono::hours(2000) + Histories<Version>::kKnownFor);
  EXPECT_THAT(hours(), IsEmpty());
}

}  // namespace
}  // namespace kentongan::engine::testing
