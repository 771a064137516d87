// SPDX-License-Identifier: Apache-2.0
// What stands before a city: entries and clashes by the day on which they begin, consignments by their last step.
#include <fmt/format.h>

#include "engine/insight.hpp"
#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kClash =
    "rules:\n  - {id: c, clash: {same: area}, alert: {level: siaga, message: {id: m}}}\n";

/// Offsets are from start(), 2024-11-10 08:00 local; local midnight is 16 h later.
std::string entry(std::string_view campaign, std::string_view from, std::string_view to) {
  return event("campaign", fmt::format("e-{}-{}", campaign, from), start(),
               fmt::format(R"("campaign":"{}","status":"planned","party":"P1","method":"rally",)"
                           R"("areas":["35.73.02.1004"],"starts_at":"{}","ends_at":"{}")",
                           campaign, rfc3339(at(from)), rfc3339(at(to))));
}

std::string step(std::string_view consignment, std::string_view what, std::string_view when) {
  return event("consignment", fmt::format("k-{}-{}", consignment, what), at(when),
               fmt::format(R"("consignment":"{}","area":"35.73.02","step":"{}")", consignment, what));
}

Outlook outlook_of(Play& play) {
  const auto city = town()->find_place("35.73");
  return Insight(*play.engine().city(*city)).outlook();
}

TEST(Outlook, EntriesCountOnTheLocalDayOnWhichTheyBegin) {
  Play play(kClash);
  play.take(entry("today", "1h", "2h"));
  play.take(entry("late-today", "15h", "15h30m"));
  play.take(entry("tomorrow", "16h", "17h"));
  play.take(entry("in-a-week", "7d", "7d1h"));
  play.take(entry("in-eight-days", "8d", "8d1h"));
  EXPECT_THAT(outlook_of(play).campaigns, ElementsAre(2, 1, 0, 0, 0, 0, 0, 1));
}

TEST(Outlook, WhatIsOverOrCancelledIsNotAhead) {
  Play play(kClash);
  play.take(entry("a", "1h", "2h"));
  play.take(entry("b", "1d", "1d1h"));
  play.take(event("campaign", "gone", at("1s"), R"("campaign":"b","status":"cancelled","areas":["35.73.02.1004"])"));
  EXPECT_THAT(outlook_of(play).campaigns, ElementsAre(1, 0, 0, 0, 0, 0, 0, 0));
  play.until("1d");
  EXPECT_THAT(outlook_of(play).campaigns, ElementsAre(0, 0, 0, 0, 0, 0, 0, 0));
}

TEST(Outlook, AClashCountsOnceBothHaveBegun) {
  Play play(kClash);
  play.take(entry("one", "15h", "20h"));
  play.take(entry("two", "17h", "19h"));
  ASSERT_THAT(play.open(), ElementsAre("c one+two"));
  EXPECT_THAT(outlook_of(play).clashes, ElementsAre(0, 1, 0, 0, 0, 0, 0, 0));
}

TEST(Outlook, NamesOfAPairMayHoldAPlus) {
  Play play(kClash);
  play.take(entry("a+b", "2d", "2d4h"));
  play.take(entry("b+c", "2d1h", "2d3h"));
  ASSERT_EQ(play.open().size(), 1U);
  EXPECT_THAT(outlook_of(play).clashes, ElementsAre(0, 0, 1, 0, 0, 0, 0, 0));
}

TEST(Outlook, ConsignmentsCountByTheirLastStepWhateverCameLast) {
  Play play(
      "rules:\n  - {id: k, on: consignment, match: {step: returned}, check: {per: consignment}, "
      "when: \"previous.step == 'opened'\", alert: {level: waspada, message: {id: m}}}\n");
  play.take(step("k1", "packed", "0s"));
  play.take(step("k2", "arrived", "2h"));
  play.take(step("k2", "dispatched", "1h"));
  play.take(step("k3", "packed", "1h"));
  EXPECT_THAT(outlook_of(play).consignments, ElementsAre(2, 0, 1, 0, 0));
}

}  // namespace
}  // namespace kentongan::engine::testing
