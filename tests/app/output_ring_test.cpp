// SPDX-License-Identifier: Apache-2.0
#include "app/stream/output_ring.hpp"

#include <gtest/gtest.h>

namespace kentongan::app {
namespace {

using Topic = ports::OutputTopic;

std::string event(const std::string& area) { return R"({"data":{"area":")" + area + R"("}})"; }

std::vector<std::string> read_all(OutputRing& ring, ports::EventStream::Cursor& cursor) {
  std::vector<ports::StreamedEvent> events;
  EXPECT_TRUE(ring.read(cursor, 100, events));
  std::vector<std::string> areas;
  for (const auto& one : events) areas.push_back(one.area);
  return areas;
}

TEST(OutputRing, BeginsWithWhatComesNext) {
  OutputRing ring;
  ring.set_live(true);
  ring.publish("j", 1, Topic::alerts, event("1"));
  auto start = ring.begin("");
  ASSERT_TRUE(start);
  EXPECT_FALSE(start->gap);
  EXPECT_TRUE(read_all(ring, start->cursor).empty());
  ring.publish("j", 2, Topic::risk, event("2"));
  EXPECT_EQ(read_all(ring, start->cursor), std::vector<std::string>{"2"});
  EXPECT_TRUE(read_all(ring, start->cursor).empty());
}

TEST(OutputRing, ReadersWaitUntilItIsFed) {
  OutputRing ring;
  EXPECT_FALSE(ring.wanted(std::chrono::hours(1)));
  EXPECT_FALSE(ring.begin(""));
  EXPECT_TRUE(ring.wanted(std::chrono::hours(1)));
  ring.set_live(true);
  EXPECT_TRUE(ring.begin(""));
}

TEST(OutputRing, GoesOnBehindAnId) {
  OutputRing ring;
  ring.set_live(true);
  auto first = ring.begin("");
  for (int i = 1; i <= 3; ++i) ring.publish("j", i, Topic::alerts, event(std::to_string(i)));
  std::vector<ports::StreamedEvent> events;
  ASSERT_TRUE(ring.read(first->cursor, 1, events));
  EXPECT_EQ(events.front().id, "j.1");
  auto again = ring.begin("j.1");
  EXPECT_FALSE(again->gap);
  EXPECT_EQ(read_all(ring, again->cursor), (std::vector<std::string>{"2", "3"}));
}

TEST(OutputRing, GoesOnWhereAnotherProcessReadTheSamePartitionsInAnotherOrder) {
  OutputRing one;
  one.set_live(true);
  auto reader = one.begin("");
  one.publish("a0", 0, Topic::alerts, event("a0-0"));
  one.publish("a1", 0, Topic::alerts, event("a1-0"));
  std::vector<ports::StreamedEvent> events;
  ASSERT_TRUE(one.read(reader->cursor, 100, events));
  EXPECT_EQ(events.back().id, "a0.0_a1.0");
  OutputRing other;
  other.set_live(true);
  other.publish("a1", 0, Topic::alerts, event("a1-0"));
  other.publish("a1", 1, Topic::alerts, event("a1-1"));
  other.publish("a0", 0, Topic::alerts, event("a0-0"));
  other.publish("a0", 1, Topic::alerts, event("a0-1"));
  auto again = other.begin(events.back().id);
  EXPECT_FALSE(again->gap);
  EXPECT_EQ(read_all(other, again->cursor), (std::vector<std::string>{"a1-1", "a0-1"}));
}

TEST(OutputRing, WhatIsReadAgainIsLeftOut) {
  OutputRing ring;
  EXPECT_TRUE(ring.publish("a0", 5, Topic::alerts, event("x")));
  EXPECT_FALSE(ring.publish("a0", 5, Topic::alerts, event("x")));
  EXPECT_FALSE(ring.publish("a0", 4, Topic::alerts, event("x")));
  EXPECT_TRUE(ring.publish("r0", 4, Topic::risk, event("x")));
}

TEST(OutputRing, SaysWhereThereIsAGap) {
  OutputRing ring({.events = 2, .bytes = 1000});
  ring.set_live(true);
  ring.begin_behind("j", 10);
  for (int i = 11; i <= 14; ++i) ring.publish("j", i, Topic::alerts, event(std::to_string(i)));
  EXPECT_FALSE(ring.begin("j.12")->gap);
  EXPECT_FALSE(ring.begin("j.14")->gap);
  for (const char* id : {"j.11", "j.9", "j.15", "x.1", "nonsense", "j.", ".1", "j.-1", "j.99999999999999999999", "_"}) {
    EXPECT_TRUE(ring.begin(id)->gap) << id;
  }
}

TEST(OutputRing, WhoIsTooSlowIsToldSo) {
  OutputRing ring({.events = 2, .bytes = 1000});
  ring.set_live(true);
  auto start = ring.begin("");
  for (int i = 1; i <= 3; ++i) ring.publish("j", i, Topic::alerts, event("1"));
  std::vector<ports::StreamedEvent> events;
  EXPECT_FALSE(ring.read(start->cursor, 10, events));
  EXPECT_TRUE(events.empty());
}

TEST(OutputRing, IsBoundedInBytes) {
  OutputRing ring({.events = 1000, .bytes = 100});
  ring.set_live(true);
  auto start = ring.begin("");
  for (int i = 1; i <= 50; ++i) ring.publish("j", i, Topic::alerts, event(std::string(40, '1')));
  std::vector<ports::StreamedEvent> events;
  EXPECT_FALSE(ring.read(start->cursor, 1000, events));
  auto late = ring.begin("j.49");
  ASSERT_TRUE(ring.read(late->cursor, 1000, events));
  EXPECT_EQ(events.size(), 1U);
}

TEST(OutputRing, AHoleDropsWhatCameBeforeIt) {
  OutputRing ring;
  ring.set_live(true);
  auto start = ring.begin("");
  ring.publish("j", 1, Topic::alerts, event("1"));
  ring.begin_behind("j", 50);
  std::vector<ports::StreamedEvent> events;
  EXPECT_FALSE(ring.read(start->cursor, 10, events));
  EXPECT_TRUE(ring.begin("j.1")->gap);
}

}  // namespace
}  // namespace kentongan::app
