// SPDX-License-Identifier: Apache-2.0
// Which alerts of two rule sets are the same.
#include <gtest/gtest.h>

#include "app/comparison.hpp"

namespace kentongan::app {
namespace {

using Side = Comparison::Side;
using Kind = Comparison::Kind;

TimePoint hour(int hours) { return TimePoint{std::chrono::hours(hours)}; }

/// Plays steps of both sets in the order of their times.
struct Board {
  Comparison comparison;

  void step(Side side, const std::string& alert, AlertStepKind kind, int at, int since, Level level = Level::siaga,
            const std::string& scope = "35.73.02.1004") {
    AlertStep step;
    step.alert = AlertId{"35.73-" + alert};
    step.rule = "rule";
    step.scope = {ScopeKind::area, scope};
    step.step = kind;
    step.state = kind == AlertStepKind::resolved ? AlertState::resolved : AlertState::firing;
    step.level = level;
    step.since = hour(since);
    comparison.see(side, step, hour(at));
  }
  void fired(Side side, const std::string& alert, int at, Level level = Level::siaga,
             const std::string& scope = "35.73.02.1004") {
    step(side, alert, AlertStepKind::fired, at, at, level, scope);
  }
  void ended(Side side, const std::string& alert, int at, int since, Level level = Level::siaga) {
    step(side, alert, AlertStepKind::resolved, at, since, level);
  }
  void clock(int at) {
    comparison.advance([at](const std::string&) { return hour(at); });
  }
  Comparison::Counts counts() {
    comparison.finish();
    return comparison.total();
  }
  const std::vector<Comparison::Change>& changes() { return comparison.rules().at("rule").changes; }
};

TEST(Comparison, WhatIsOpenAtOneTimeIsTheSame) {
  Board board;
  board.fired(Side::before, "a", 1);
  board.fired(Side::after, "a", 1);
  board.ended(Side::before, "a", 5, 1);
  board.ended(Side::after, "a", 7, 1);
  const auto counts = board.counts();
  EXPECT_EQ(counts.same, 1U);
  EXPECT_EQ(counts.before, 1U);
  EXPECT_EQ(counts.after, 1U);
  EXPECT_TRUE(board.changes().empty());
}

TEST(Comparison, AnotherStartOrLevelIsAMove) {
  Board board;
  board.fired(Side::before, "a", 1);
  board.fired(Side::after, "b", 3);
  board.ended(Side::before, "a", 5, 1);
  board.fired(Side::before, "c", 10, Level::siaga, "35.73.02.1005");
  board.fired(Side::after, "c", 10, Level::siaga, "35.73.02.1005");
  board.step(Side::after, "c", AlertStepKind::raised, 11, 10, Level::awas, "35.73.02.1005");
  EXPECT_EQ(board.counts().moves, 2U);
  ASSERT_EQ(board.changes().size(), 2U);
  EXPECT_EQ(board.changes()[0].before->since, hour(1));
  EXPECT_EQ(board.changes()[0].after->since, hour(3));
  EXPECT_EQ(board.changes()[1].after->highest, Level::awas);
}

TEST(Comparison, WhatHasNoCounterpartAppearsOrVanishes) {
  Board board;
  board.fired(Side::before, "a", 1);
  board.ended(Side::before, "a", 2, 1);
  board.clock(3);
  EXPECT_EQ(board.comparison.total().vanishes, 1U) << "told as soon as nothing can come for it";
  board.fired(Side::after, "b", 4);
  const auto counts = board.counts();
  EXPECT_EQ(counts.vanishes, 1U);
  EXPECT_EQ(counts.appears, 1U);
  EXPECT_EQ(counts.moves, 0U);
}

TEST(Comparison, OneThatEndsAsAnotherBeginsIsNotIt) {
  Board board;
  board.fired(Side::before, "a", 1);
  board.ended(Side::before, "a", 4, 1);
  board.fired(Side::before, "b", 4);
  board.fired(Side::after, "b", 4);
  const auto counts = board.counts();
  EXPECT_EQ(counts.same, 1U);
  EXPECT_EQ(counts.vanishes, 1U);
}

TEST(Comparison, OneLongAlertHasOneCounterpart) {
  Board board;
  board.fired(Side::before, "long", 1);
  for (int i = 0; i < 3; ++i) {
    board.fired(Side::after, "short-" + std::to_string(i), 2 + 3 * i);
    board.ended(Side::after, "short-" + std::to_string(i), 3 + 3 * i, 2 + 3 * i);
    board.clock(4 + 3 * i);
  }
  const auto counts = board.counts();
  EXPECT_EQ(counts.moves, 1U);
  EXPECT_EQ(counts.appears, 2U);
  EXPECT_EQ(counts.before, 1U);
  EXPECT_EQ(counts.after, 3U);
}

TEST(Comparison, ListsAreBounded) {
  Board board;
  const int many = static_cast<int>(Comparison::kMostChanges) + 5;
  for (int i = 0; i < many; ++i) {
    board.fired(Side::after, std::to_string(i), i * 2);
    board.ended(Side::after, std::to_string(i), i * 2 + 1, i * 2);
    board.clock(i * 2 + 2);
  }
  EXPECT_EQ(board.counts().appears, static_cast<std::uint64_t>(many));
  EXPECT_EQ(board.changes().size(), Comparison::kMostChanges);
}

}  // namespace
}  // namespace kentongan::app
