// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>

#include "fixtures.hpp"

namespace kentongan::notify {
namespace {

using ports::DeliveryState;
using ports::Settlement;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

Settlement settle(const std::string& key, DeliveryState state) {
  Settlement settlement;
  settlement.key = key;
  settlement.state = state;
  settlement.now = settlement.due = kStart + 1s;
  return settlement;
}

TEST_F(OutboxTest, TheFirstWayWaitsAndTheOthersAreSpare) {
  put(planned("a", {{"telegram", "1"}, {"email", "a@b"}}));
  const auto due = box().due("telegram", kStart, 10);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ(due->front().person, "p-a");
  EXPECT_FALSE(due->front().last);
  EXPECT_TRUE(box().due("email", kStart, 10)->empty());
  EXPECT_TRUE(box().due("telegram", kStart - 1ms, 10)->empty());
  EXPECT_EQ(*box().next_due("telegram"), kStart);
  EXPECT_EQ(*box().next_due("email"), std::nullopt);
}

TEST_F(OutboxTest, WhatIsPlannedTwiceIsThereOnce) {
  put(planned("a", {{"telegram", "1"}}));
  const auto key = box().due("telegram", kStart, 10)->front().key;
  ASSERT_TRUE(box().settle(settle(key, DeliveryState::delivered)));
  put(planned("a", {{"telegram", "1"}, {"email", "new"}}));
  EXPECT_TRUE(box().due("telegram", kStart + 1h, 10)->empty());
  EXPECT_EQ(box().ways_of(identity_of({"a"}))->size(), 1U);
}

TEST_F(OutboxTest, TheNextWayBeginsWhenOneIsGivenUp) {
  put(planned("a", {{"telegram", "1"}, {"email", "a@b"}}));
  Settlement failed = settle(box().due("telegram", kStart, 10)->front().key, DeliveryState::failed);
  failed.next_way = true;
  ASSERT_TRUE(box().settle(failed));
  const auto due = box().due("email", kStart + 1s, 10);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ(due->front().first, kStart + 1s);
  EXPECT_TRUE(due->front().last);
  ASSERT_TRUE(box().settle(failed)) << "what is settled stays";
  EXPECT_EQ(box().ways_of(identity_of({"a"}))->front().attempts, 1);
}

TEST_F(OutboxTest, WhoIsNotReachedIsSeenToOnce) {
  put(planned("a", {{"telegram", "1"}}));
  put(planned("no-way", {}));
  Settlement failed = settle(box().due("telegram", kStart, 10)->front().key, DeliveryState::failed);
  failed.unreachable = true;
  ASSERT_TRUE(box().settle(failed));
  EXPECT_EQ(box().unreachable(10)->size(), 2U);
  ports::PlanCommit commit;
  commit.handled = {identity_of({"a"}), identity_of({"no-way"})};
  ASSERT_TRUE(box().commit(commit, kStart));
  EXPECT_TRUE(box().unreachable(10)->empty());
}

TEST_F(OutboxTest, UrgentOnesComeFirst) {
  put(planned("a", {{"telegram", "1"}}, Level::waspada));
  put(planned("b", {{"telegram", "2"}}, Level::awas));
  put(planned("c", {{"telegram", "3"}}, Level::siaga));
  std::string order;
  const auto due = box().due("telegram", kStart, 10);
  for (const auto& one : *due) order += one.to;
  EXPECT_EQ(order, "231");
}

TEST_F(OutboxTest, EverythingIsThereAfterARestart) {
  ports::PlanCommit commit;
  commit.notices.push_back(planned("a", {{"telegram", "1"}}));
  commit.positions = {{"journal", 42}};
  commit.planner = std::string("\0bytes\xff", 7);
  commit.mirrored = {{"35.73-a", "siaga", "{}", "{}", kStart, {}}};
  ASSERT_TRUE(box().commit(commit, kStart));
  ASSERT_TRUE(box().remember("telegram", "17"));
  open();
  EXPECT_EQ(box().positions()->at("journal"), 42);
  EXPECT_EQ(*box().memory("planner"), *commit.planner);
  EXPECT_EQ(*box().memory("telegram"), "17");
  EXPECT_EQ(box().due("telegram", kStart, 10)->size(), 1U);
  EXPECT_EQ(box().mirrored(kStart)->size(), 1U);
}

TEST_F(OutboxTest, AnotherLevelEndsTheOneBefore) {
  ports::PlanCommit commit;
  commit.mirrored = {{"x", "siaga", "{}", "{}", kStart, {}}};
  ASSERT_TRUE(box().commit(commit, kStart));
  commit.mirrored = {{"x", "awas", "{}", "{}", kStart, {}}};
  ASSERT_TRUE(box().commit(commit, kStart + 1min));
  const auto alerts = box().mirrored(kStart);
  ASSERT_EQ(alerts->size(), 2U);
  EXPECT_EQ(alerts->front().level, "awas");
  EXPECT_FALSE(alerts->front().ends);
  EXPECT_EQ(alerts->back().ends, kStart + 1min);
  EXPECT_EQ(box().mirrored(kStart + 2min)->size(), 1U);
}

TEST_F(OutboxTest, RetryIsForThoseThatWereGivenUp) {
  put(planned("a", {{"telegram", "1"}}));
  const std::string key = box().due("telegram", kStart, 10)->front().key;
  EXPECT_EQ(*box().retry(key, kStart), 0U);
  ASSERT_TRUE(box().settle(settle(key, DeliveryState::failed)));
  EXPECT_TRUE(box().due("telegram", kStart + 1h, 10)->empty());
  EXPECT_EQ(*box().retry("", kStart + 1h), 1U);
  EXPECT_EQ(box().due("telegram", kStart + 1h, 10)->front().key, key) << "the same identity";
}

TEST_F(OutboxTest, ForgetsWhatIsOldAndSettled) {
  put(planned("a", {{"telegram", "1"}}));
  put(planned("b", {{"telegram", "2"}}));
  ASSERT_TRUE(box().settle(settle(box().due("telegram", kStart, 1)->front().key, DeliveryState::delivered)));
  EXPECT_EQ(*box().forget(kStart), 0U);
  EXPECT_EQ(*box().forget(kStart + 1ms), 1U);
  EXPECT_EQ(box().due("telegram", kStart, 10)->size(), 1U);
}

TEST_F(OutboxTest, OneServiceAtATimeAndVisitorsBeside) {
  const auto second = outbox::SqliteOutbox::open(path(), outbox::SqliteOutbox::Use::serve);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
  EXPECT_TRUE(outbox::SqliteOutbox::open(path(), outbox::SqliteOutbox::Use::visit));
  const auto missing = outbox::SqliteOutbox::open(path().parent_path() / "none.db", outbox::SqliteOutbox::Use::visit);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("there is no outbox"));
}

TEST_F(OutboxTest, RefusesWhatIsNoOutbox) {
  const auto other = path().parent_path() / "other.db";
  std::ofstream(other) << std::string(5000, 'x');
  EXPECT_FALSE(outbox::SqliteOutbox::open(other, outbox::SqliteOutbox::Use::serve));
}

}  // namespace
}  // namespace kentongan::notify
