// SPDX-License-Identifier: Apache-2.0
// Clash and quota rules: which entries meet, when it holds, and how it ends.
#include <fmt/format.h>

#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A campaign entry; offsets are from start(), 2024-11-10 08:00 local.
struct C {
  std::string campaign = "c-1";
  std::string from = "1d";
  std::string to = "1d4h";
  std::string areas = R"("35.73.02.1004")";
  std::string more = {};  ///< further members of data
  std::string status = "planned";
};

std::string plan(std::string_view id, TimePoint time, const C& c) {
  std::string data = fmt::format(
      R"("campaign":"{}","status":"{}","party":"P1","method":"rally","areas":[{}],"starts_at":"{}","ends_at":"{}")",
      c.campaign, c.status, c.areas, rfc3339(at(c.from)), rfc3339(at(c.to)));
  if (!c.more.empty()) data += "," + c.more;
  return event("campaign", id, time, data);
}

std::string cancel(std::string_view id, TimePoint time, std::string_view campaign) {
  return event("campaign", id, time,
               fmt::format(R"("campaign":"{}","status":"cancelled","areas":["35.73.02.1004"])", campaign));
}

std::string clash_rule(std::string_view block, std::string_view alert = "") {
  return fmt::format(
      "rules:\n  - {{id: c, clash: {{{}}}, alert: {{level: siaga, message: {{id: \"{{{{ campaign.campaign "
      "}}}}\"}}{}}}}}\n",
      block, alert.empty() ? "" : ", " + std::string(alert));
}

std::string quota_rule(std::string_view block, std::string_view alert = "") {
  return fmt::format(
      "rules:\n  - {{id: q, quota: {{{}}}, alert: {{level: siaga, message: {{id: \"{{{{ count }}}}\"}}{}}}}}\n", block,
      alert.empty() ? "" : ", " + std::string(alert));
}

struct Meeting {
  const char* block;
  C a, b;
  bool clash;
};

C with(std::string from, std::string to, std::string areas = R"("35.73.02.1004")", std::string more = "") {
  return {"", std::move(from), std::move(to), std::move(areas), std::move(more)};
}

const Meeting kMeetings[] = {
    {"same: area", with("1d", "1d4h"), with("1d3h", "1d5h"), true},
    {"same: area", with("1d", "1d4h"), with("1d4h", "1d5h"), false},
    {"same: area, gap: 1h", with("1d", "1d4h"), with("1d4h59m", "1d6h"), true},
    {"same: area, gap: 1h", with("1d", "1d4h"), with("1d5h", "1d6h"), false},
    {"same: area, gap: 1h", with("1d5h", "1d6h"), with("1d", "1d4h"), false},
    {"same: area, same_day: true", with("1d", "1d1h"), with("1d10h", "1d11h"), true},
    // Local midnight is 16 h after start(): an entry that ends there does not touch the next day.
    {"same: area, same_day: true", with("1d", "1d16h"), with("1d16h", "1d17h"), false},
    {"same: area, same_day: true", with("1d", "1d16h1s"), with("1d20h", "1d21h"), true},
    {"same: area", with("1d", "1d4h"), with("1d", "1d4h", R"("35.73.02.1005")"), false},
    {"same: area", with("1d", "1d4h"), with("1d", "1d4h", R"("35.73.02")"), true},
    {"same: area", with("1d", "1d4h", R"("35.73.02")"), with("1d", "1d4h", R"("35.73.01","35.73.02.1005")"), true},
    {"same: city", with("1d", "1d4h"), with("1d", "1d4h", R"("35.73.01.1001")"), true},
    {"same: venue", with("1d", "1d4h", R"("35.73.02.1004")", R"("venue":" Stadion GAJAYANA ")"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("venue":"stadion gajayana")"), true},
    {"same: venue", with("1d", "1d4h"), with("1d", "1d4h"), false},
    {"within: 600m", with("1d", "1d4h", R"("35.73.02.1004")", R"("location":{"lat":-7.975,"lon":112.625})"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("location":{"lat":-7.975,"lon":112.63})"), true},
    {"within: 500m", with("1d", "1d4h", R"("35.73.02.1004")", R"("location":{"lat":-7.975,"lon":112.625})"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("location":{"lat":-7.975,"lon":112.63})"), false},
    {"within: 500m",
     with("1d", "1d4h", R"("35.73.02.1004")", R"("location":{"lat":-7.975,"lon":112.625},"radius_m":100)"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("location":{"lat":-7.975,"lon":112.63})"), true},
    {"within: 10m", with("1d", "1d4h", R"("35.73.02.1004")", R"("route":[[-7.98,112.60],[-7.98,112.66]])"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("route":[[-7.95,112.63],[-8.01,112.63]])"), true},
    {"within: 1km", with("1d", "1d4h"), with("1d", "1d4h"), false},
    {"within: 20000km", with("1d", "1d4h", R"("35.73.02.1004")", R"("location":{"lat":-7.975,"lon":112.625})"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("location":{"lat":50,"lon":8})"), true},
    {"within: 0m", with("1d", "1d4h", R"("35.73.02.1004")", R"("location":{"lat":60,"lon":10},"radius_m":1e300)"),
     with("1d", "1d4h", R"("35.73.01.1001")", R"("location":{"lat":-7.975,"lon":112.625})"), true},
    {"same: area, within: 1km", with("1d", "1d4h"), with("1d", "1d4h"), true}};

TEST(Clash, EntriesThatMeet) {
  for (const Meeting& one : kMeetings) {
    for (const bool swapped : {false, true}) {
      for (const bool full_scan : {false, true}) {
        Options options;
        options.full_scan = full_scan;
        Play play(clash_rule(one.block), options);
        C first = swapped ? one.b : one.a;
        C second = swapped ? one.a : one.b;
        first.campaign = "c-2";
        second.campaign = "c-1";
        EXPECT_EQ(play.take(plan("e-1", at("0s"), first)), "applied");
        EXPECT_EQ(play.take(plan("e-2", at("1h"), second)), "applied");
        EXPECT_EQ(play.open().size(), one.clash ? 1U : 0U) << one.block << ' ' << one.a.areas << one.a.more << ' '
                                                           << one.b.areas << one.b.more << swapped << full_scan;
        if (!one.clash) continue;
        EXPECT_THAT(play.log(), ElementsAre("1h fired c c-1+c-2 siaga to=lurah"));
      }
    }
  }
}

TEST(Clash, TellsOfBothEntries) {
  Play play(clash_rule("same: city"));
  play.take(plan("e-2", at("0s"), {.campaign = "x"}));
  play.take(plan("e-1", at("1h"), {.campaign = "b", .areas = R"("35.73.01.1001")"}));
  const auto lines = play.lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(R"("scope":{"kind":"campaign_pair","key":"b+x"},"area":"35.73")"));
  EXPECT_THAT(lines[0], HasSubstr(R"("message":{"id":"b"})"));
  EXPECT_THAT(lines[0], HasSubstr(R"("count":2,"distinct":2,"events":["e-2","e-1"],"reasons":[{"code":"clash")"));
}

TEST(Clash, ExpiresWhenTheLaterOneHasEnded) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .from = "1h", .to = "3h"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b", .from = "2h", .to = "5h"}));
  play.until("4h59m");
  EXPECT_THAT(play.open(), ElementsAre("c a+b"));
  play.until("5h");
  EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah", "5h expired c a+b siaga to=lurah"));
}

TEST(Clash, AChangeOrACancellationEndsItAtOnce) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("0s"), {.campaign = "a"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b"}));
  play.take(plan("e-3", at("1h"), {.campaign = "a", .from = "2d", .to = "2d1h"}));
  play.take(plan("e-4", at("2h"), {.campaign = "a"}));
  play.take(cancel("e-5", at("3h"), "b"));
  EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah", "1h resolved c a+b siaga to=lurah",
                                      "2h fired c a+b siaga to=lurah", "3h resolved c a+b siaga to=lurah"));
}

TEST(Clash, AChangeThatKeepsItSaysNothing) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("0s"), {.campaign = "a"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b"}));
  play.take(plan("e-3", at("1h"), {.campaign = "a", .from = "1d1h", .to = "1d9h"}));
  EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah"));
  play.until("1d8h");
  EXPECT_THAT(play.open(), ElementsAre("c a+b"));
  play.until("1d9h");
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(Clash, TheGreatestTimeThenIdIsValid) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("2h"), {.campaign = "b"}));
  play.take(plan("e-5", at("1h"), {.campaign = "a", .from = "3d", .to = "3d1h"}));
  play.take(plan("e-4", at("1h"), {.campaign = "a"}));  // older: as if it had come before
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(plan("e-6", at("1h"), {.campaign = "a"}));
  EXPECT_THAT(play.log(), ElementsAre("2h fired c a+b siaga to=lurah"));
}

TEST(Clash, ALateEntryPlansToo) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("3d"), {.campaign = "a", .from = "5d", .to = "5d1h"}));
  EXPECT_EQ(play.take(plan("e-2", at("1d"), {.campaign = "b", .from = "5d", .to = "5d1h"})), "late");
  EXPECT_THAT(play.log(), ElementsAre("3d fired c a+b siaga to=lurah"));
}

TEST(Clash, WhatIsOverDoesNotFire) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .from = "1h", .to = "2h"}));
  play.take(plan("e-2", at("2h"), {.campaign = "b", .from = "1h", .to = "2h"}));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(plan("e-3", at("2h"), {.campaign = "d", .from = "1h", .to = "3h"}));
  EXPECT_THAT(play.log(), ElementsAre("2h fired c a+d siaga to=lurah", "2h fired c b+d siaga to=lurah"));
}

TEST(Clash, AnOfficerEndsItUntilItHasEnded) {
  Play play(clash_rule("same: area"));
  play.take(plan("e-1", at("0s"), {.campaign = "a"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b"}));
  play.take(action("x-1", at("1h"), play.last_alert("c"), "resolve"));
  play.take(plan("e-3", at("2h"), {.campaign = "a", .to = "1d5h"}));
  EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah", "1h resolved c a+b siaga to=lurah"));
  play.take(cancel("e-4", at("3h"), "a"));
  play.take(plan("e-5", at("4h"), {.campaign = "a"}));
  EXPECT_THAT(play.log(), ElementsAre("4h fired c a+b siaga to=lurah"));
}

TEST(Clash, AnAlertThatExpiresWaitsForTheEnd) {
  Play play(clash_rule("same: area", "expires: 2h"));
  play.take(plan("e-1", at("0s"), {.campaign = "a"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b"}));
  play.take(plan("e-3", at("3h"), {.campaign = "a", .to = "1d5h"}));
  play.until("3d");
  EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah", "2h expired c a+b siaga to=lurah"));
}

TEST(Clash, OnlyEntriesThatMatch) {
  Play play(
      "rules:\n  - {id: c, match: {method: rally}, clash: {same: area}, alert: {level: siaga, message: {id: m}}}\n");
  play.take(plan("e-1", at("0s"), {.campaign = "a", .more = R"("crowd":5)"}));
  play.take(event("campaign", "e-2", at("0s"),
                  R"("campaign":"b","status":"planned","party":"P","method":"debate","areas":["35.73.02.1004"],)"
                  R"("starts_at":"2024-11-11T08:00:00+07:00","ends_at":"2024-11-11T09:00:00+07:00")"));
  EXPECT_THAT(play.open(), IsEmpty());
}

TEST(Clash, WhenHoldsInOneOrderOrTheOther) {
  const auto crowd = [](std::string_view id, std::string_view campaign, int people, std::string_view from = "1d") {
    return plan(id, at("0s"),
                {.campaign = std::string(campaign),
                 .from = std::string(from),
                 .to = "2d",
                 .more = fmt::format(R"("crowd":{})", people)});
  };
  for (const bool swapped : {false, true}) {
    Play play(clash_rule("same: area, when: a.crowd >= 100 && b.crowd < 100"));
    play.take(crowd("e-1", "a", swapped ? 10 : 500));
    play.take(crowd("e-2", "b", swapped ? 500 : 10));
    EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah"));
    play.take(crowd("e-3", "c", 10, "1d23h"));
    play.take(crowd("e-4", "b", 500));
    EXPECT_EQ(play.open().size(), 2U);
    EXPECT_EQ(play.effects().rules[0].failed, 0U);
  }
}

TEST(Clash, AWhenThatFailsDoesNotHoldAndIsCounted) {
  Play play(clash_rule("same: area, when: a.crowd > 10"));
  play.take(plan("e-1", at("0s"), {.campaign = "a"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b"}));
  EXPECT_THAT(play.log(), IsEmpty());
  EXPECT_EQ(play.effects().rules[0].failed, 1U);
  play.take(plan("e-3", at("1h"), {.campaign = "b", .more = R"("crowd":50)"}));
  EXPECT_THAT(play.log(), ElementsAre("1h fired c a+b siaga to=lurah"));
  play.take(plan("e-4", at("2h"), {.campaign = "b"}));
  EXPECT_THAT(play.log(), ElementsAre("2h resolved c a+b siaga to=lurah"));
}

/// It held by a `when` that would no longer hold, and ends with the change all the same.
TEST(Clash, AChangeEndsWhatAWhenOfThenMadeHold) {
  Play play(clash_rule("same: area, when: now < a.starts_at - duration('24h')"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .from = "3d", .to = "4d"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b", .from = "3d", .to = "4d"}));
  EXPECT_THAT(play.log(), ElementsAre("0s fired c a+b siaga to=lurah"));
  play.take(plan("e-3", at("2d12h"), {.campaign = "b", .from = "3d1h", .to = "4d"}));
  EXPECT_THAT(play.log(), ElementsAre("2d12h resolved c a+b siaga to=lurah"));
}

TEST(Clash, MessagesKnowBothEntries) {
  Play play(
      "rules:\n  - {id: c, clash: {same: area, when: a.party == b.party}, alert: {level: siaga, message: {id: "
      "\"{{ a.campaign }} {{ b.campaign }}\"}}}\n");
  play.take(plan("e-1", at("1h"), {.campaign = "x"}));
  play.take(plan("e-2", at("0s"), {.campaign = "y"}));
  const auto lines = play.lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(R"("message":{"id":"y x"})"));
}

TEST(Quota, CountsEachDayThatIsTouched) {
  Play play(quota_rule("at_most: 1, per: city"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .from = "1d", .to = "3d"}));
  play.take(plan("e-2", at("1h"), {.campaign = "b", .from = "2d", .to = "2d16h", .areas = R"("35.73.01.1001")"}));
  EXPECT_THAT(play.log(), ElementsAre("1h fired q 35.73/2024-11-12 siaga to=lurah"));
  play.take(plan("e-3", at("2h"), {.campaign = "b", .from = "2d", .to = "2d17h", .areas = R"("35.73.01.1001")"}));
  EXPECT_THAT(play.log(), ElementsAre("2h fired q 35.73/2024-11-13 siaga to=lurah"));
  play.until("4d");
  EXPECT_THAT(play.log(), ElementsAre("2d16h expired q 35.73/2024-11-12 siaga to=lurah",
                                      "3d16h expired q 35.73/2024-11-13 siaga to=lurah"));
}

TEST(Quota, AKecamatanCoversItsKelurahan) {
  Play play(quota_rule("at_most: 1"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .areas = R"("35.73.02")"}));
  play.take(plan("e-2", at("1h"), {.campaign = "b", .areas = R"("35.73.02.1005","35.73.01.1001")"}));
  EXPECT_THAT(play.log(), ElementsAre("1h fired q 35.73.02.1005/2024-11-11 siaga to=lurah"));
  play.take(plan("e-3", at("2h"), {.campaign = "d", .areas = R"("35.73.02")"}));
  EXPECT_THAT(play.log(), ElementsAre("2h fired q 35.73.02.1004/2024-11-11 siaga to=lurah"));
}

TEST(Quota, TellsHowMany) {
  Play play(quota_rule("at_most: 1, per: district"));
  for (const std::string id : {"a", "b", "c"}) play.take(plan("e-" + id, at("1h"), {.campaign = id}));
  play.take(cancel("e-x", at("2h"), "a"));
  play.take(cancel("e-y", at("3h"), "b"));
  const auto lines = play.lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(R"("scope":{"kind":"district_day","key":"35.73.02/2024-11-11"})"));
  EXPECT_THAT(lines[0], HasSubstr(R"("count":2,"distinct":2,"events":["e-a","e-b"],"reasons":[{"code":"over_quota")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("time":"2024-11-10T11:00:00+07:00")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("step":"resolved")"));
}

TEST(Quota, DistinctValues) {
  Play play(quota_rule("at_most: 1, per: city, distinct: venue"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .more = R"("venue":"V")"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b", .more = R"("venue":"V")"}));
  play.take(plan("e-3", at("0s"), {.campaign = "c"}));
  EXPECT_THAT(play.open(), IsEmpty());
  play.take(plan("e-4", at("0s"), {.campaign = "d", .more = R"("venue":"W")"}));
  const auto lines = play.lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(R"("count":3,"distinct":2)"));
}

TEST(Quota, WhatLacksTheFieldDoesNotBeginItAgain) {
  Play play(quota_rule("at_most: 1, per: city, distinct: venue", "again_after: 2h"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .more = R"("venue":"Balai A")"}));
  play.take(plan("e-2", at("0s"), {.campaign = "b", .more = R"("venue":"Balai B")"}));
  EXPECT_THAT(play.log(), ElementsAre("0s fired q 35.73/2024-11-11 siaga to=lurah"));
  play.take(plan("e-3", at("3h"), {.campaign = "c"}));
  EXPECT_THAT(play.log(), IsEmpty());
  play.take(plan("e-4", at("4h"), {.campaign = "d", .more = R"("venue":"Balai A")"}));
  EXPECT_EQ(play.log().size(), 2U);
}

TEST(Quota, APastDayDoesNotFire) {
  Play play(quota_rule("at_most: 0, per: city"));
  play.take(report("r-1", at("2d")));
  play.take(plan("e-1", at("2d"), {.campaign = "a", .from = "1d", .to = "2d1h"}));
  EXPECT_THAT(play.log(), ElementsAre("2d fired q 35.73/2024-11-12 siaga to=lurah"));
}

TEST(Quota, AnEntryCountsOnAYearAtMost) {
  Play play(quota_rule("at_most: 0, per: city"));
  play.take(plan("e-1", at("0s"), {.campaign = "a", .from = "0s", .to = "3000d"}));
  EXPECT_EQ(play.open().size(), 366U);
}

TEST(Quota, AgainAfter) {
  Play play(quota_rule("at_most: 1, per: city", "again_after: 2h"));
  for (const std::string id : {"a", "b"}) play.take(plan("e-" + id, at("0s"), {.campaign = id}));
  play.take(plan("e-c", at("1h"), {.campaign = "c"}));
  play.take(plan("e-d", at("2h"), {.campaign = "d"}));
  EXPECT_THAT(play.log(),
              ElementsAre("0s fired q 35.73/2024-11-11 siaga to=lurah", "2h resolved q 35.73/2024-11-11 siaga",
                          "2h fired q 35.73/2024-11-11 siaga to=lurah"));
}

TEST(Campaigns, AreForgottenWhenNothingNeedsThem) {
  Options options;
  options.durable = false;  // else what changed is held until it is saved
  Play play(clash_rule("same: area"), options);
  play.take(plan("e-1", at("0s"), {.campaign = "a", .from = "1h", .to = "2h"}));
  play.take(cancel("e-2", at("1d"), "b"));
  play.until("300d");
  EXPECT_EQ(play.engine().remembered(), 1U);
  play.until("368d");
  EXPECT_EQ(play.engine().remembered(), 0U);
}

}  // namespace
}  // namespace kentongan::engine::testing
