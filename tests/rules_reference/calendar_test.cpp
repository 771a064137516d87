// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reference_directory.hpp"

namespace kentongan::rules::testing {
namespace {

TEST(Calendar, KeepsStagesInTheOrderOfTheFile) {
  ReferenceDirectory directory;
  directory.with("calendar.csv",
                 "election,stage,first_day,last_day\r\n"
                 "pilkada2024,voting,2024-11-27,2024-11-27\r\n"
                 "pilkada2024,campaign,2024-09-25,2024-11-26\r\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  const auto& stages = loaded.reference->stages;
  ASSERT_EQ(stages.size(), 2U);
  EXPECT_EQ(stages[0].name, "voting");
  EXPECT_EQ(stages[1].election, "pilkada2024");
  EXPECT_EQ(format_day(stages[1].first_day), "2024-09-25");
  EXPECT_EQ(format_day(stages[1].last_day), "2024-11-26");
}

std::string told(const std::string& rows) {
  ReferenceDirectory directory;
  directory.with("calendar.csv", "election,stage,first_day,last_day\n" + rows);
  const auto loaded = directory.load();
  return places_of(loaded.diagnostics) + (loaded.diagnostics.all.empty() ? "" : loaded.diagnostics.all[0].message.en);
}

TEST(Calendar, WarnsOfStagesThatOverlap) {
  EXPECT_EQ(told("p,campaign,2024-09-25,2024-11-24\np,quiet_period,2024-11-24,2024-11-26\n"
                 "p,voting,2024-11-27,2024-11-27\n"),
            "calendar.csv:3:16 stages-overlap warning\n"
            "`quiet_period` of the election `p` begins on 2024-11-24, but its `campaign` lasts until 2024-11-24");
  EXPECT_EQ(told("p,voting,2024-02-14,2024-02-14\np,campaign,2024-09-25,2024-11-24\n"),
            "calendar.csv:2:10 stages-overlap warning\n"
            "`voting` of the election `p` begins on 2024-02-14, but its `campaign` lasts until 2024-11-24");
}

TEST(Calendar, WarnsOfDaysBetweenStages) {
  EXPECT_EQ(
      told("p,campaign,2024-09-25,2024-11-23\np,voting,2024-11-27,2024-11-27\n"),
      "calendar.csv:3:10 stages-gap warning\nbetween `campaign` and `voting` of the election `p` there are days in "
      "no stage: from 2024-11-24 to 2024-11-26");
  EXPECT_EQ(told("p,campaign,2024-09-25,2024-11-22\np,quiet_period,2024-11-24,2024-11-26\n"
                 "p,cooling,2024-11-20,2024-11-23\np,voting,2024-11-27,2024-11-27\n"),
            "");
}

TEST(Calendar, WarnsOfAnElectionWithoutVoting) {
  EXPECT_EQ(told("p,campaign,2024-09-25,2024-11-23\np,counting,2024-11-24,2024-11-25\n"),
            "calendar.csv:2:1 no-voting warning\nthe election `p` has no stage `voting`");
  EXPECT_EQ(told("p,cleanup,2024-09-25,2024-11-23\n"), "");
}

TEST(Calendar, RefusesWrongDaysOrderAndRepetition) {
  ReferenceDirectory directory;
  directory.with("calendar.csv",
                 "election,stage,first_day,last_day\n"
                 "p,a,2024-02-30,2024-03-01\n"
                 "p,b,2024-03-02,2024-03-01\n"
                 "p,c,2024-03-01,2024-03-01\n"
                 "p,c,2024-04-01,2024-04-01\n"
                 "p,,2024-04-01,1 April\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "calendar.csv:2:5 bad-day\ncalendar.csv:3:16 day-order\ncalendar.csv:5:3 duplicate\n"
            "calendar.csv:6:3 missing-value\ncalendar.csv:6:15 bad-day\n");
}

TEST(Days, AreSortedAndMayShareADate) {
  ReferenceDirectory directory;
  directory.with("days.csv",
                 "date,kind,name\n2024-11-27,holiday,Pemungutan suara\n2024-11-09,debate,\n2024-11-27,cleanup,X\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  std::string text;
  for (const auto& day : loaded.reference->days) text += format_day(day.day) + day.kind + " ";
  EXPECT_EQ(text, "2024-11-09debate 2024-11-27cleanup 2024-11-27holiday ");
}

TEST(Days, RefusesABadDateAndAMissingKind) {
  ReferenceDirectory directory;
  directory.with("days.csv", "date,kind,name\n27/11/2024,holiday,X\n2024-11-27,,X\n");
  EXPECT_EQ(places_of(directory.load().diagnostics), "days.csv:2:1 bad-day\ndays.csv:3:12 missing-value\n");
}

}  // namespace
}  // namespace kentongan::rules::testing
