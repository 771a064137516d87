// SPDX-License-Identifier: Apache-2.0
// The life of an alert: deadlines, what officers do, and what comes first at one moment.
#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// One check rule with these keys beside level and message.
std::string check_rule(std::string_view alert) {
  return "rules:\n  - {id: c, check: {}, alert: {level: siaga, message: {id: m}, to: [lurah], " + std::string(alert) +
         "}}\n";
}

TEST(Episode, StaysOpenUntilQuiet) {
  Play play(check_rule("quiet_for: 2h"));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h")));
  play.take(report("r-3", at("3h") - Duration{1}));
  play.take(report("r-4", at("6h")));
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "4h59m59s resolved c 35.73.02.1004 siaga to=lurah",
                          "6h fired c 35.73.02.1004 siaga to=lurah"));
}

TEST(Episode, ADeadlineGoesBeforeTheEventOfItsMoment) {
  Play play(check_rule("quiet_for: 2h"));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("2h")));
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "2h resolved c 35.73.02.1004 siaga to=lurah",
                          "2h fired c 35.73.02.1004 siaga to=lurah"));
}

TEST(Episode, ADeadlineThatAnEventMakesForItsOwnMomentGoesBeforeTheNextEvent) {
  Play play(check_rule("quiet_for: 0s"));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("0s")));
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "0s resolved c 35.73.02.1004 siaga to=lurah",
                          "0s fired c 35.73.02.1004 siaga to=lurah"));
}

TEST(Episode, AgainAfterBeginsTheNext) {
  Play play(check_rule("quiet_for: 10h, again_after: 2h"));
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h59m")));
  play.take(report("r-3", at("2h")));
  play.take(report("r-4", at("3h")));
  EXPECT_THAT(play.log(), ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "2h resolved c 35.73.02.1004 siaga",
                                      "2h fired c 35.73.02.1004 siaga to=lurah"));
}

TEST(Episode, ExpiresAndBeginsOnlyAfterTheConditionEnded) {
  Play play(R"(
rules:
  - id: two
    count: {at_least: 2, within: 4h}
    alert: {level: siaga, message: {id: m}, to: [lurah], quiet_for: 6h, expires: 5h}
)");
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h")));  // fired; holds until 4h
  play.take(report("r-3", at("4h")));  // holds until 5h
  play.take(report("r-4", at("5h")));  // holds until 8h
  play.take(report("r-5", at("7h")));  // expired at 6h, the condition has not ended since
  play.until("10h");
  EXPECT_THAT(play.log(),
              ElementsAre("1h fired two 35.73.02.1004 siaga to=lurah", "6h expired two 35.73.02.1004 siaga to=lurah"));
  play.take(report("r-6", at("12h")));
  play.take(report("r-7", at("13h")));
  EXPECT_THAT(play.log(), ElementsAre("13h fired two 35.73.02.1004 siaga to=lurah"));
}

TEST(Episode, OfTwoEndsAtOneMomentResolvedGoesFirst) {
  Play play(check_rule("quiet_for: 3h, expires: 3h, escalate: [{after: 3h, to: [camat]}]"));
  play.take(report("r-1", at("0s")));
  play.until("3h");
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "3h resolved c 35.73.02.1004 siaga to=lurah"));
}

TEST(Episode, EscalatesUntilSomebodyAcknowledges) {
  Play play(
      check_rule("quiet_for: 10h, escalate: [{after: 0s, to: [polsek]}, {after: 1h, to: [camat]}, {after: 2h, to: "
                 "[bakesbangpol]}]"));
  play.take(report("r-1", at("0s")));
  play.until("1h");
  EXPECT_EQ(play.take(action("a-1", at("90m"), play.last_alert("c"), "acknowledge")), "applied");
  play.until("10h");
  EXPECT_THAT(
      play.log(),
      ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "0s escalated c 35.73.02.1004 siaga tier=1 to=polsek",
                  "1h escalated c 35.73.02.1004 siaga tier=2 to=camat",
                  "1h30m acknowledged c 35.73.02.1004 siaga acknowledged tier=2 to=lurah,polsek,camat",
                  "10h resolved c 35.73.02.1004 siaga tier=2 to=lurah,polsek,camat"));
}

TEST(Episode, RemindsFromTheFirstAcknowledgementAndSleepsThroughASnooze) {
  Play play(check_rule("quiet_for: 1d, remind: {every: 2h}"));
  play.take(report("r-1", at("0s")));
  const std::string alert = play.last_alert("c");
  play.take(action("a-1", at("1h"), alert, "acknowledge"));
  play.take(action("a-2", at("2h"), alert, "assign", R"("assignee":"o-2")"));
  play.until("4h");
  play.take(action("a-3", at("4h"), alert, "snooze", R"("until":")" + rfc3339(at("8h")) + "\""));
  play.until("10h");
  EXPECT_THAT(play.log(), ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah",
                                      "1h acknowledged c 35.73.02.1004 siaga acknowledged to=lurah",
                                      "2h assigned c 35.73.02.1004 siaga acknowledged to=lurah",
                                      "3h reminded c 35.73.02.1004 siaga acknowledged to=lurah",
                                      "4h snoozed c 35.73.02.1004 siaga acknowledged to=lurah",
                                      "9h reminded c 35.73.02.1004 siaga acknowledged to=lurah"));
}

TEST(Episode, AnEscalationThatFellDueInASnoozeIsSentThen) {
  Play play(check_rule("quiet_for: 1d, escalate: [{after: 1h, to: [camat]}, {after: 4h, to: [polsek]}]"));
  play.take(report("r-1", at("0s")));
  play.take(action("a-1", at("30m"), play.last_alert("c"), "snooze", R"("until":")" + rfc3339(at("3h")) + "\""));
  play.until("5h");
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "30m snoozed c 35.73.02.1004 siaga to=lurah",
                          "3h escalated c 35.73.02.1004 siaga tier=1 to=camat",
                          "4h escalated c 35.73.02.1004 siaga tier=2 to=polsek"));
}

TEST(Episode, AwasIsProposedUntilAnOfficerConfirms) {
  Play play(R"(
rules:
  - {id: c, check: {}, alert: {level: awas, message: {id: m}, to: [lurah], quiet_for: 3h}}
)");
  play.take(report("r-1", at("0s")));
  const std::string alert = play.last_alert("c");
  play.take(action("a-1", at("1h"), alert, "mitigate"));
  play.take(action("a-2", at("2h"), alert, "confirm"));
  play.until("3h");
  EXPECT_THAT(play.log(), ElementsAre("0s fired c 35.73.02.1004 awas proposed to=lurah",
                                      "1h mitigated c 35.73.02.1004 awas acknowledged proposed to=lurah",
                                      "2h confirmed c 35.73.02.1004 awas acknowledged to=lurah",
                                      "3h resolved c 35.73.02.1004 awas to=lurah"));
}

TEST(Action, ResolveEndsItAndTheNextEventBeginsAnew) {
  for (const char* what : {"resolve", "false_alarm"}) {
    Play play(check_rule("quiet_for: 1d"));
    play.take(report("r-1", at("0s")));
    const std::string alert = play.last_alert("c");
    play.take(action("a-1", at("1h"), alert, what));
    EXPECT_EQ(play.take(action("a-2", at("90m"), alert, "acknowledge")), "applied");
    play.take(report("r-2", at("2h")));
    const auto outputs = play.outputs();
    ASSERT_EQ(outputs.size(), 3U);
    const auto& resolved = std::get<AlertStep>(outputs[1].data);
    EXPECT_EQ(resolved.step, AlertStepKind::resolved);
    EXPECT_EQ(resolved.reasons.at(0).code, what);
    EXPECT_NE(std::get<AlertStep>(outputs[2].data).alert.value(), alert);
  }
}

TEST(Action, AResolvedLevelBeginsOnlyAfterItEnded) {
  Play play(R"(
rules:
  - {id: l, level: {at: waspada}, alert: {message: {id: m}, to: [lurah], quiet_for: 0s}}
  - {id: score, score: {add: 16, half_life: 1h}}
)");
  play.take(report("r-1", at("0s")));
  play.take(action("a-1", at("10m"), play.last_alert("l"), "resolve"));
  play.take(report("r-2", at("20m"), {.reporter = "b"}));  // still waspada or above
  EXPECT_THAT(play.open(), IsEmpty());
  play.until("6h");
  play.take(report("r-3", at("7h"), {.reporter = "c"}));
  EXPECT_THAT(play.open(), ElementsAre("l 35.73.02.1004"));
}

TEST(Action, UnknownAlertsAreDeadLettersThatMoveTheClock) {
  Play play(check_rule("quiet_for: 2h"));
  EXPECT_EQ(play.take(action("a-0", at("0s"), "35.73-0000", "acknowledge")), "dead_letter unknown_alert /data/alert");
  play.take(report("r-1", at("0s")));
  EXPECT_EQ(play.take(action("a-1", at("5h"), "35.73-0000", "acknowledge")), "dead_letter unknown_alert /data/alert");
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired c 35.73.02.1004 siaga to=lurah", "2h resolved c 35.73.02.1004 siaga to=lurah"));
  // A dead letter was never accepted: the same id may come again.
  EXPECT_EQ(play.take(action("a-1", at("5h"), play.last_alert("c"), "acknowledge")), "applied");
  EXPECT_EQ(play.take(action("a-1", at("5h"), play.last_alert("c"), "acknowledge")), "duplicate");
}

TEST(Action, AnAlertThatBeginsOnlyByTheActionsTimeIsKnown) {
  const std::string rules = R"(
rules:
  - {id: l, level: {at: waspada, for: 1h}, alert: {message: {id: m}, to: [lurah], quiet_for: 1d}}
  - {id: score, score: {add: 16, half_life: 1d}}
)";
  Play foresight(rules);
  foresight.take(report("r-1", at("0s")));
  foresight.until("1h");
  Play play(rules);
  play.take(report("r-1", at("0s")));
  EXPECT_EQ(play.take(action("a-1", at("1h"), foresight.last_alert("l"), "acknowledge")), "applied");
}

TEST(Judged, DuplicatesLateTooOldAndTheClock) {
  Play play(check_rule("quiet_for: 1s"));
  EXPECT_EQ(play.take(report("r-1", at("0s"))), "applied");
  EXPECT_EQ(play.take(report("r-1", at("1h"))), "duplicate");
  EXPECT_EQ(play.take(report("r-1", at("1h"), {}, "/other")), "applied");
  EXPECT_EQ(play.take(report("r-1", at("1h"), {.area = "35.79.01.1001"})), "applied") << "another city";
  EXPECT_EQ(play.take(report("r-2", at("7d"))), "applied");
  EXPECT_EQ(play.take(report("r-1", at("7d"))), "duplicate") << "the clock has moved on by dedupe exactly";
  EXPECT_EQ(play.take(report("r-3", at("0s"))), "late");
  EXPECT_EQ(play.take(report("r-4", at("0s") - Duration{1})), "dead_letter too_old /time");
  EXPECT_EQ(play.take(report("r-5", at("6d"))), "applied") << "24 h exactly is not late";
  EXPECT_EQ(play.take(report("r-6", at("7d") + Duration{1})), "applied");
  EXPECT_EQ(play.take(report("r-1", at("7d"))), "applied") << "its id is forgotten";
}

TEST(Judged, WithoutMemoryNothingIsADuplicate) {
  Options options;
  options.dedupe = Duration{0};
  Play play(check_rule("quiet_for: 1s"), options);
  EXPECT_EQ(play.take(report("r-1", at("0s"))), "applied");
  EXPECT_EQ(play.take(report("r-1", at("0s"))), "applied");
  EXPECT_EQ(play.take(refutation("r-2", at("0s"), "r-1")), "applied");
  EXPECT_THAT(play.open(), ElementsAre("c 35.73.02.1004"));
}

TEST(Judged, TheFutureIsRefusedOnlyWithAWallClock) {
  Play play(check_rule("quiet_for: 1s"));
  play.engine().follow_wall_clock(at("0s"), play.effects());
  EXPECT_EQ(play.take(report("r-1", at("5m"))), "applied");
  EXPECT_EQ(play.take(report("r-2", at("5m") + Duration{1})), "dead_letter future /time");
  EXPECT_EQ(play.take(report("r-3", at("0s"), {.area = "35.79.01.1001"})), "applied");
  play.engine().follow_wall_clock(at("1d1h"), play.effects());
  EXPECT_EQ(play.take(report("r-4", at("0s"), {.area = "35.79.01.1001"})), "late")
      << "all cities follow the wall clock";
}

TEST(Clock, AdvanceMovesOnlyCitiesThatHadAnEventAndNeverBack) {
  Play play(check_rule("quiet_for: 2h"));
  play.take(report("r-2", at("0s"), {.area = "35.79.01.1001"}));
  play.take(report("r-1", at("1h")));
  play.until("-1d");
  EXPECT_EQ(play.log().size(), 2U);
  play.until("5h");
  EXPECT_THAT(play.log(),
              ElementsAre("3h resolved c 35.73.02.1004 siaga to=lurah", "2h resolved c 35.79.01.1001 siaga to=lurah"))
      << "cities in the order of their codes";
}

TEST(Output, IdsAreDerivedAndMessagesKept) {
  Play play(R"(
rules:
  - id: c
    check: {}
    alert:
      level: siaga
      message: {id: "{{ report.text }} {{ report.crowd }} {{ now }}", en: "{{ report.severity }}"}
      recommend: {id: "ke {{ area.name }}"}
      quiet_for: 1h
)");
  play.take(report("r-1", at("0s"), {.more = R"x("text":"api {{ now }}","recommendation":"padamkan")x"}));
  play.take(action("a-1", at("10m"), play.last_alert("c"), "acknowledge"));
  const auto outputs = play.outputs();
  ASSERT_EQ(outputs.size(), 2U);
  const auto& fired = std::get<AlertStep>(outputs[0].data);
  const auto& answered = std::get<AlertStep>(outputs[1].data);
  EXPECT_EQ(fired.text.message.id, "api {{ now }} ? 10 Nov 2024 08:00");
  EXPECT_EQ(fired.text.message.en, "3");
  EXPECT_EQ(fired.text.recommend.id, "ke Place 04");
  EXPECT_THAT(fired.text.recommendations, ElementsAre("padamkan"));
  EXPECT_EQ(answered.text.message.id, fired.text.message.id);
  EXPECT_THAT(answered.text.recommendations, ElementsAre("padamkan"));
  EXPECT_EQ(answered.alert, fired.alert);
  EXPECT_TRUE(fired.alert.value().starts_with("35.73-"));
  EXPECT_NE(outputs[0].id, outputs[1].id);
  EXPECT_EQ(outputs[0].subject, "35.73.02.1004");
  EXPECT_FALSE(answered.count);
  EXPECT_EQ(answered.actor, "o-1");
}

}  // namespace
}  // namespace kentongan::engine::testing
