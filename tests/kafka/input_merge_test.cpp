// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/input_merge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace kentongan::kafka {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const auto kNow = InputMerge::Clock::time_point(1000s);

InputMessage record(std::size_t topic, std::int64_t offset, std::int64_t timestamp, std::int32_t partition = 0) {
  InputMessage message;
  message.topic = topic;
  message.partition = partition;
  message.offset = offset;
  message.timestamp = timestamp;
  return message;
}

std::vector<std::int64_t> taken(InputMerge& merge, InputMerge::Clock::time_point now = kNow, std::size_t max = 100) {
  std::vector<InputMessage> out;
  merge.take(out, max, now);
  std::vector<std::int64_t> timestamps;
  for (const InputMessage& message : out) timestamps.push_back(message.timestamp);
  return timestamps;
}

TEST(InputMerge, TheEarliestOfAllTopicsGoesFirst) {
  InputMerge merge(2, 500ms, 1000);
  merge.add(record(0, 0, 10));
  merge.add(record(0, 1, 30));
  merge.add(record(1, 0, 20));
  merge.reached_end(0, 0);
  merge.reached_end(1, 0);
  EXPECT_THAT(taken(merge), ElementsAre(10, 20, 30));
  EXPECT_EQ(merge.waiting(), 0U);
}

TEST(InputMerge, WithinATopicNothingChangesPlaces) {
  InputMerge merge(1, 500ms, 1000);
  for (const std::int64_t timestamp : {30, 10, 20}) merge.add(record(0, timestamp, timestamp));
  EXPECT_THAT(taken(merge), ElementsAre(30, 10, 20));
}

TEST(InputMerge, ATopicThatMayHaveMoreIsWaitedForAndNotForever) {
  InputMerge merge(2, 500ms, 1000);
  merge.add(record(0, 0, 10));
  EXPECT_THAT(taken(merge, kNow), IsEmpty());
  EXPECT_THAT(taken(merge, kNow + 499ms), IsEmpty());
  merge.add(record(1, 0, 5));
  EXPECT_THAT(taken(merge, kNow + 499ms), ElementsAre(5));
  EXPECT_THAT(taken(merge, kNow + 600ms), IsEmpty()) << "the waiting begins anew";
  EXPECT_THAT(taken(merge, kNow + 1100ms), ElementsAre(10));
}

TEST(InputMerge, TooMuchThatWaitsEndsTheWaiting) {
  InputMerge merge(2, 500ms, 3);
  for (std::int64_t i = 0; i < 5; ++i) merge.add(record(0, i, i));
  EXPECT_THAT(taken(merge), ElementsAre(0, 1, 2)) << "until fewer than three wait";
}

TEST(InputMerge, PartitionsDoNotWaitForEachOther) {
  InputMerge merge(2, 500ms, 1000);
  merge.add(record(0, 0, 10, 0));
  merge.add(record(0, 0, 99, 1));
  merge.reached_end(1, 1);
  EXPECT_THAT(taken(merge), ElementsAre(99));
}

TEST(InputMerge, TakesNoMoreThanAsked) {
  InputMerge merge(1, 500ms, 1000);
  for (std::int64_t i = 0; i < 5; ++i) merge.add(record(0, i, i));
  EXPECT_THAT(taken(merge, kNow, 2), ElementsAre(0, 1));
  EXPECT_THAT(taken(merge, kNow, 2), ElementsAre(2, 3));
  merge.clear();
  EXPECT_THAT(taken(merge), IsEmpty());
}

/// However records come, all go out once, each topic's in its order, and by time when all was there.
TEST(InputMerge, NothingIsLostOrDoubled) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    InputMerge merge(3, 500ms, 1000);
    std::vector<InputMessage> out;
    std::array<std::int64_t, 3> written{};
    auto now = kNow;
    for (int step = 0; step < 100; ++step) {
      const std::size_t topic = random() % 3;
      if (random() % 3 == 0) {
        merge.reached_end(topic, 0);
      } else {
        merge.add(record(topic, written[topic]++, step));
      }
      if (random() % 2 == 0) merge.take(out, 1 + random() % 10, now);
      now += std::chrono::milliseconds(random() % 200);
    }
    for (std::size_t topic = 0; topic < 3; ++topic) merge.reached_end(topic, 0);
    merge.take(out, 1000, now);
    std::array<std::int64_t, 3> read{};
    for (const InputMessage& message : out) EXPECT_EQ(message.offset, read[message.topic]++) << "seed " << seed;
    EXPECT_EQ(read, written) << "seed " << seed;
  }
}

}  // namespace
}  // namespace kentongan::kafka
