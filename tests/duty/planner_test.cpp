// SPDX-License-Identifier: Apache-2.0
#include "duty/planner.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace kentongan::duty::testing {
namespace {

using enum AlertStepKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Person sleeper(std::string id, std::vector<std::string> roles) {
  Person made = person(std::move(id), std::move(roles));
  made.quiet_hours = Hours{22 * 60, 5 * 60};
  return made;
}

/// Two lurah: `l` by day and `n` by night.
std::vector<Person> day_and_night() {
  std::vector<Person> both{person("l", {"lurah"}), person("n", {"lurah"})};
  both[0].duty = {shift(7, 19)};
  both[1].duty = {shift(19, 7)};
  return both;
}

TEST(Planner, TellsThoseOnDutyAfterTheWait) {
  Desk desk({person("l", {"lurah"}, {"35.73.02"}), person("far", {"lurah"}, {"35.73.01"}), person("c", {"camat"})});
  desk.take("2024-11-10T08:00", {.to = {"lurah", "camat"}});
  desk.until("2024-11-10T08:00");
  EXPECT_THAT(desk.told(), IsEmpty());
  EXPECT_EQ(desk.planner().next_due(), local("2024-11-10T08:00") + std::chrono::seconds(30));
  desk.until("2024-11-10T08:01");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 c alert a: fired", "10 08:00:30 l alert a: fired"));
  EXPECT_FALSE(desk.planner().next_due());
}

TEST(Planner, AwasDoesNotWait) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {.level = Level::awas});
  desk.until("2024-11-10T08:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00 l alert a: fired"));
}

TEST(Planner, APersonWithSeveralRolesIsToldOnce) {
  Desk desk({person("l", {"camat", "lurah"})});
  desk.take("2024-11-10T08:00", {.to = {"lurah", "camat"}});
  desk.until("2024-11-10T08:01");
  ASSERT_EQ(desk.plan().deliveries.size(), 1U);
  const Delivery& delivery = desk.plan().deliveries[0];
  EXPECT_THAT(delivery.roles, ElementsAre("camat", "lurah"));
  EXPECT_EQ(delivery.id, "35.73-a-1/l");
  EXPECT_EQ(delivery.area, "35.73.02.1003");
  EXPECT_THAT(delivery.channels, ElementsAre(Channel{ChannelType::telegram, "l"}));
}

TEST(Planner, TheSameStepIsToldOnce) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {});
  desk.take_again();
  desk.until("2024-11-10T08:01");
  desk.take_again();
  desk.until("2024-11-10T09:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired"));
}

TEST(Planner, TenAlertsOfOneCauseAreOneMessage) {
  auto all = std::make_shared<Roster>();
  all->people = {person("l", {"lurah"})};
  all->families["hoax"] = {"repeated-hoax", "another-*"};
  Desk desk(all);
  for (int i = 0; i < 10; ++i) {
    desk.take("2024-11-10T08:00", {.name = fmt::format("a{}", i),
                                   .area = i % 2 == 0 ? "35.73.02.1003" : "35.73.02.1004",
                                   .rule = i % 3 == 0 ? "repeated-hoax" : "another-hoax"});
  }
  desk.take("2024-11-10T08:00", {.name = "elsewhere", .area = "35.73.01.1001"});
  desk.take("2024-11-10T08:00", {.name = "other", .rule = "vote-buying"});
  desk.until("2024-11-10T08:01");
  std::vector<std::size_t> counts;
  for (const Delivery& delivery : desk.plan().deliveries) counts.push_back(delivery.alerts);
  EXPECT_THAT(counts, UnorderedElementsAre(10U, 1U, 1U));
}

TEST(Planner, WhatFollowsInTheWindowIsToldAtItsEnd) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {.name = "a"});
  desk.take("2024-11-10T08:05", {.name = "b"});
  desk.take("2024-11-10T08:10", {.name = "c"});
  desk.until("2024-11-10T09:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired", "10 08:15:30 l alert b: fired, c: fired (2)"));
}

TEST(Planner, AHigherLevelAndAnEscalationDoNotWaitForTheWindow) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {.name = "a", .level = Level::waspada});
  desk.take("2024-11-10T08:05", {.name = "b", .level = Level::siaga});
  desk.take("2024-11-10T08:06", {.name = "b", .kind = escalated});
  desk.until("2024-11-10T09:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired", "10 08:05:30 l alert b: fired",
                                       "10 08:06:30 l alert b: escalated"));
}

TEST(Planner, QuietHoursHoldBackTillTheMorning) {
  Desk desk({sleeper("l", {"lurah"}), person("p", {"posko"})});
  desk.take("2024-11-10T23:00", {.name = "a", .level = Level::waspada});
  desk.take("2024-11-11T01:00", {.name = "b", .level = Level::waspada});
  desk.take("2024-11-11T02:00", {.name = "a", .kind = acknowledged, .level = Level::waspada, .actor = "x"});
  desk.until("2024-11-11T04:59");
  EXPECT_THAT(desk.told(), IsEmpty());
  desk.until("2024-11-11T05:00");
  EXPECT_THAT(desk.told(), ElementsAre("11 05:00 l digest a: acknowledged, b: fired (2)"));
}

TEST(Planner, TheDigestMayComeLater) {
  Person late = sleeper("l", {"lurah"});
  late.digest = 6 * 60 + 30;
  Desk desk({late});
  desk.take("2024-11-10T23:00", {.level = Level::waspada});
  desk.until("2024-11-11T12:00");
  EXPECT_THAT(desk.told(), ElementsAre("11 06:30 l digest a: fired"));
}

TEST(Planner, AwasBreaksQuietHoursAndTakesWhatWaitsAlong) {
  Desk desk({sleeper("l", {"lurah"})});
  desk.take("2024-11-10T23:00", {.level = Level::waspada});
  desk.take("2024-11-11T01:00", {.kind = raised, .level = Level::awas});
  desk.until("2024-11-11T06:00");
  ASSERT_EQ(desk.plan().deliveries.size(), 1U);
  EXPECT_THAT(desk.plan().deliveries[0].steps, ElementsAre("35.73-a-1", "35.73-a-2"));
  EXPECT_THAT(desk.told(), ElementsAre("11 01:00 l alert a: raised"));
}

TEST(Planner, FromSiagaOnSomebodyWhoIsAwakeHearsOfIt) {
  Desk desk({sleeper("l", {"lurah"}), person("p", {"posko"})});
  desk.take("2024-11-10T23:00", {.level = Level::siaga});
  desk.until("2024-11-11T06:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 23:00:30 p alert a: fired", "11 05:00 l digest a: fired"));
}

TEST(Planner, TheAllClearGoesToThoseWhoWereTold) {
  Desk desk(day_and_night());
  desk.take("2024-11-10T18:00", {});
  desk.take("2024-11-10T20:00", {.kind = resolved});
  desk.until("2024-11-10T21:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 18:00:30 l alert a: fired", "10 20:00:30 l all_clear a: resolved"));
}

TEST(Planner, AnEndToNobodyClearsNothing) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {});
  desk.take("2024-11-10T09:00", {.kind = resolved, .to = {}});
  desk.until("2024-11-10T10:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired"));
}

TEST(Planner, WhatIsOverBeforeItWasToldIsOneMessage) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {.name = "a"});
  desk.take("2024-11-10T08:05", {.name = "b"});
  desk.take("2024-11-10T08:06", {.name = "b", .kind = withdrawn});
  desk.until("2024-11-10T10:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired", "10 08:15:30 l alert b: withdrawn"));
}

TEST(Planner, AnAnswerIsToldToTheOthers) {
  Desk desk({person("l", {"lurah"}), person("m", {"lurah"})});
  desk.take("2024-11-10T08:00", {});
  desk.take("2024-11-10T08:10", {.kind = acknowledged, .actor = "l"});
  desk.until("2024-11-10T08:20");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired", "10 08:00:30 m alert a: fired",
                                       "10 08:10:30 m update a: acknowledged"));
}

TEST(Planner, AnAssigneeOfTheRosterIsTold) {
  Desk desk({person("l", {"lurah"}), person("x", {"babinsa"})});
  desk.take("2024-11-10T08:00", {});
  desk.take("2024-11-10T08:20", {.kind = assigned, .actor = "l", .assignee = "x"});
  desk.take("2024-11-10T09:00", {.kind = resolved});
  desk.until("2024-11-10T10:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired", "10 08:20:30 x assigned a: assigned",
                                       "10 09:00:30 l all_clear a: resolved", "10 09:00:30 x all_clear a: resolved"));
}

TEST(Planner, RemindersGoToThoseWhoAreOnDutyThen) {
  Desk desk(day_and_night());
  desk.take("2024-11-10T18:00", {});
  desk.take("2024-11-10T20:00", {.kind = reminded});
  desk.until("2024-11-10T21:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 18:00:30 l alert a: fired", "10 20:00:30 n reminder a: reminded"));
}

TEST(Planner, SnoozesAndMitigationsTellNobody) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {});
  desk.take("2024-11-10T08:20", {.kind = snoozed, .actor = "l"});
  desk.take("2024-11-10T08:30", {.kind = mitigated, .actor = "l"});
  desk.until("2024-11-10T10:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired"));
}

TEST(Planner, WhereNobodyIsOnDutyThatIsSaid) {
  Person day = person("l", {"lurah"});
  day.duty = {shift(7, 19)};
  Desk desk({day});
  desk.take("2024-11-10T20:00", {});
  ASSERT_EQ(desk.plan().nobody.size(), 1U);
  EXPECT_EQ(desk.plan().nobody[0].id, "35.73-a-1/nobody");
  EXPECT_THAT(desk.plan().nobody[0].roles, ElementsAre("lurah"));
  EXPECT_THAT(desk.told(), ElementsAre("10 20:00 NOBODY a: fired"));
}

TEST(Planner, AnAlertThatNamesNobodyGoesToThePosko) {
  Desk desk({person("p", {"posko"})});
  desk.take("2024-11-10T20:00", {.to = {}});
  desk.until("2024-11-10T21:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 20:00:30 p alert a: fired"));
}

TEST(Planner, ShadowTellsNobody) {
  Plan plan;
  Planner planner(roster({person("l", {"lurah"})}), town());
  AlertStep step = step_of({});
  step.shadow = true;
  planner.take("35.73-a-1", step, local("2024-11-10T08:00"), plan);
  planner.advance(local("2024-11-10T09:00"), plan);
  EXPECT_TRUE(plan.empty());
}

TEST(Planner, WhenAllChannelsFailTheFallbackIsTold) {
  auto all = std::make_shared<Roster>();
  all->people = {person("l", {"lurah"}), person("c", {"camat"}), person("p", {"posko"})};
  all->fallback["lurah"] = {"camat"};
  Desk desk(all);
  desk.take("2024-11-10T08:00", {});
  desk.until("2024-11-10T08:01");
  std::vector<std::string> told;
  for (const std::string_view at : {"2024-11-10T08:10", "2024-11-10T08:20", "2024-11-10T08:30"}) {
    const Delivery failed = desk.plan().deliveries.at(0);
    desk.plan() = {};
    desk.planner().unreachable(failed, local(at), desk.plan());
    desk.until(std::string(at.substr(0, 15)) + "5");
    told.push_back(desk.plan().deliveries.empty() ? "nobody" : desk.plan().deliveries[0].person);
    if (desk.plan().deliveries.empty()) break;
  }
  EXPECT_THAT(told, ElementsAre("c", "p", "nobody"));
  EXPECT_EQ(desk.plan().nobody.size(), 1U);
}

TEST(Planner, WhoHasLeftTheRosterIsReplacedByTheFallback) {
  Desk desk({person("l", {"lurah"}), person("p", {"posko"})});
  desk.take("2024-11-10T08:00", {});
  desk.planner().replace(roster({person("p", {"posko"})}), town());
  desk.until("2024-11-10T08:10");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:01 p alert a: fired"));
}

TEST(Planner, GoesOnBehindARestart) {
  Desk desk({sleeper("l", {"lurah"}), person("p", {"posko"})});
  desk.take("2024-11-10T21:00", {.name = "a"});
  desk.restart();
  desk.take("2024-11-10T23:00", {.name = "b", .level = Level::waspada});
  desk.restart();
  desk.take("2024-11-11T01:00", {.name = "a", .kind = resolved});
  desk.restart();
  desk.take_again();
  desk.until("2024-11-11T06:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 21:00:30 l alert a: fired", "11 05:00 l digest b: fired, a: resolved (2)"));
}

TEST(Planner, WhatCannotBeReadIsNotRestored) {
  Desk desk({person("l", {"lurah"})});
  desk.take("2024-11-10T08:00", {});
  EXPECT_FALSE(desk.planner().restore("\xff\xff\xff"));
  EXPECT_FALSE(desk.planner().restore("\x08\x63"));  // schema 99
  desk.until("2024-11-10T09:00");
  EXPECT_THAT(desk.told(), ElementsAre("10 08:00:30 l alert a: fired"));
}

TEST(Planner, AMessageHoldsSoManyNoticesAndTheNumberOfAll) {
  Desk desk({person("l", {"lurah"})});
  for (int i = 0; i < 200; ++i) desk.take("2024-11-10T08:00", {.name = fmt::format("a{}", i)});
  desk.until("2024-11-10T08:01");
  ASSERT_EQ(desk.plan().deliveries.size(), 1U);
  EXPECT_EQ(desk.plan().deliveries[0].notices.size(), kMostNotices);
  EXPECT_EQ(desk.plan().deliveries[0].alerts, 200U);
  EXPECT_EQ(desk.plan().deliveries[0].steps.size(), 200U);
}

}  // namespace
}  // namespace kentongan::duty::testing
