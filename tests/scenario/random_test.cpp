// SPDX-License-Identifier: Apache-2.0
#include "scenario/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace kentongan::scenario {
namespace {

using ::testing::ElementsAre;

TEST(Random, IsSplitMix64) {
  Random random(1234567);
  std::vector<std::uint64_t> first;
  for (int i = 0; i < 5; ++i) first.push_back(random.next());
  // The numbers that the authors' own program gives for this state.
  EXPECT_THAT(first, ElementsAre(6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U,
                                 16408922859458223821U));
}

TEST(Random, StaysInItsRange) {
  Random random(7);
  std::vector<int> seen(6);
  for (int i = 0; i < 6000; ++i) {
    const auto value = random.between(-2, 3);
    ASSERT_GE(value, -2);
    ASSERT_LE(value, 3);
    ++seen[static_cast<std::size_t>(value + 2)];
  }
  for (const int count : seen) EXPECT_NEAR(count, 1000, 150);
  EXPECT_EQ(random.below(0), 0U);
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, KeysMakeGeneratorsOfTheirOwn) {
  const auto first = [](std::uint64_t seed, std::initializer_list<std::uint64_t> keys) {
    return Random::of(seed, keys).next();
  };
  EXPECT_EQ(first(1, {2, 3}), first(1, {2, 3}));
  EXPECT_NE(first(1, {2, 3}), first(1, {3, 2}));
  EXPECT_NE(first(1, {2, 3}), first(2, {2, 3}));
  EXPECT_NE(first(1, {2}), first(1, {2, 0}));
  EXPECT_NE(Random::key("lurah"), Random::key("rw"));
}

TEST(Random, ChanceIsAShareOfAMillion) {
  Random random(99);
  int hits = 0;
  for (int i = 0; i < 100'000; ++i) hits += random.chance(20'000) ? 1 : 0;
  EXPECT_NEAR(hits, 2000, 200);
  EXPECT_FALSE(random.chance(0));
  EXPECT_TRUE(random.chance(1'000'000));
}

}  // namespace
}  // namespace kentongan::scenario
