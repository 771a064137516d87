// SPDX-License-Identifier: Apache-2.0
#include "duty/on_duty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace kentongan::duty::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> who(const Roster& roster, std::string_view role, std::string_view area, std::string_view at) {
  std::vector<std::string> people;
  for (const OnDuty& one : on_duty(roster, *town(), role, area, local(at))) {
    people.push_back(one.person->id);
    if (one.instead_of != nullptr) people.back() += " for " + one.instead_of->id;
  }
  return people;
}

bool works(const Person& person, std::string_view at) {
  return is_on_duty(person, local_moment(local(at), zone_of("35.73", *town())), *town());
}

TEST(OnDuty, AShiftHoldsItsStartAndNotItsEnd) {
  Person day = person("p", {"lurah"});
  day.duty = {shift(7, 19)};
  EXPECT_FALSE(works(day, "2024-11-11T06:59"));
  EXPECT_TRUE(works(day, "2024-11-11T07:00"));
  EXPECT_TRUE(works(day, "2024-11-11T18:59"));
  EXPECT_FALSE(works(day, "2024-11-11T19:00"));
}

TEST(OnDuty, AShiftOverMidnightBelongsToTheDayOnWhichItBegins) {
  Person night = person("p", {"lurah"});
  night.duty = {shift(19, 7)};
  night.duty[0].days = 0b0010000;  // Friday
  EXPECT_FALSE(works(night, "2024-11-15T06:00")) << "Friday morning";
  EXPECT_TRUE(works(night, "2024-11-15T19:00"));
  EXPECT_TRUE(works(night, "2024-11-16T06:59")) << "Saturday morning";
  EXPECT_FALSE(works(night, "2024-11-16T07:00"));
  EXPECT_FALSE(works(night, "2024-11-16T19:00")) << "Saturday evening";
}

TEST(OnDuty, TheLastMinuteOfADayBelongsToIt) {
  Person evening = person("p", {"lurah"});
  evening.duty = {shift(19, 24)};
  EXPECT_TRUE(works(evening, "2024-11-15T23:59"));
  EXPECT_FALSE(works(evening, "2024-11-16T00:00"));
}

TEST(OnDuty, KindsOfDaysAreThoseOfDaysAndStages) {
  Person usual = person("usual", {"lurah"});
  usual.duty = {shift(7, 19)};
  usual.duty[0].except = {"holiday"};
  Person holiday = person("holiday", {"lurah"});
  holiday.duty = {shift(7, 19)};
  holiday.duty[0].only = {"voting"};
  const auto all = roster({usual, holiday});
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-26T08:00"), ElementsAre("usual"));
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-27T08:00"), ElementsAre("holiday"));
}

TEST(OnDuty, ANightThatBeganBeforeAHolidayGoesOn) {
  Person night = person("p", {"lurah"});
  night.duty = {shift(19, 7)};
  night.duty[0].except = {"holiday"};
  EXPECT_TRUE(works(night, "2024-11-27T06:00")) << "it began on the 26th";
  EXPECT_FALSE(works(night, "2024-11-27T20:00"));
  EXPECT_FALSE(works(night, "2024-11-28T06:00")) << "it would have begun on the holiday";
}

TEST(OnDuty, SubstitutesStandInForTheDaysOnWhichShiftsBegin) {
  Person night = person("night", {"lurah"}, {"35.73.01"});
  night.duty = {shift(19, 7)};
  night.substitutes = {{*parse_day("2024-11-20"), *parse_day("2024-11-21"), "other"}};
  Person other = person("other", {"camat"}, {"35.73.02"});
  other.duty = {shift(7, 8)};
  const auto all = roster({night, other});
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-20T05:00"), ElementsAre("night"));
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-20T20:00"), ElementsAre("other for night"));
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-22T05:00"), ElementsAre("other for night"));
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-22T20:00"), ElementsAre("night"));
}

TEST(OnDuty, SubstitutesInACircleAndUnknownOnesLeaveThePerson) {
  const LocalDay from = *parse_day("2024-11-01");
  const LocalDay to = *parse_day("2024-11-30");
  Person a = person("a", {"lurah"});
  Person b = person("b", {"camat"});
  Person c = person("c", {"polsek"});
  a.substitutes = {{from, to, "b"}};
  b.substitutes = {{from, to, "a"}};
  c.substitutes = {{from, to, "nobody"}};
  const auto all = roster({a, b, c});
  EXPECT_THAT(who(*all, "lurah", "35.73", "2024-11-10T08:00"), ElementsAre("b for a"));
  EXPECT_THAT(who(*all, "polsek", "35.73", "2024-11-10T08:00"), ElementsAre("c"));
}

TEST(OnDuty, ThoseWhoseAreasHoldThePlaceElseThoseInside) {
  const auto all = roster({person("utara", {"lurah"}, {"35.73.01"}), person("tiga", {"lurah"}, {"35.73.02.1003"}),
                           person("kota", {"camat"}, {"35.73"}), person("camat-utara", {"camat"}, {"35.73.01"})});
  EXPECT_THAT(who(*all, "lurah", "35.73.01.1001", "2024-11-10T08:00"), ElementsAre("utara"));
  EXPECT_THAT(who(*all, "lurah", "35.73.02.1004", "2024-11-10T08:00"), IsEmpty());
  EXPECT_THAT(who(*all, "lurah", "35.73", "2024-11-10T08:00"), ElementsAre("utara", "tiga"));
  EXPECT_THAT(who(*all, "camat", "35.73", "2024-11-10T08:00"), ElementsAre("kota"));
}

TEST(OnDuty, ACodeIsNoPrefixOfAnother) {
  EXPECT_EQ(reach_of(person("p", {}, {"35.7"}), "35.73.01.1001"), Reach::none);
  EXPECT_EQ(reach_of(person("p", {}, {"35.73.01.1001"}), "35.73.01.1001"), Reach::holds);
  EXPECT_EQ(reach_of(person("p", {}, {"35.73.01.1001"}), "35.73.01"), Reach::inside);
}

TEST(OnDuty, TheFallbackIsToldWhereNobodyIs) {
  Person silent = person("silent", {"lurah"});
  silent.channels.clear();
  auto all = std::make_shared<Roster>();
  all->people = {silent, person("c", {"camat"}, {"35.73.01"}), person("p", {"posko"})};
  all->fallback["lurah"] = {"babinsa", "camat"};
  const auto told = [&](std::string_view area) {
    std::vector<std::string> ids;
    for (const OnDuty& one : on_duty_or_fallback(*all, *town(), "lurah", area, local("2024-11-10T08:00"))) {
      ids.push_back(one.person->id);
    }
    return ids;
  };
  EXPECT_THAT(told("35.73.01.1001"), ElementsAre("c"));
  EXPECT_THAT(told("35.73.02.1003"), ElementsAre("p"));
}

TEST(Roster, RulesBelongToTheFirstFamilyThatNamesThem) {
  Roster all;
  all.families = {{"logistics", {"consignment-*", "seals-gone"}}, {"pressure", {"repeated-intimidation"}}};
  EXPECT_EQ(all.family_of("consignment-late"), "logistics");
  EXPECT_EQ(all.family_of("seals-gone"), "logistics");
  EXPECT_EQ(all.family_of("seals-gone-too"), "seals-gone-too");
  EXPECT_EQ(all.family_of("repeated-intimidation"), "pressure");
}

}  // namespace
}  // namespace kentongan::duty::testing
