// SPDX-License-Identifier: Apache-2.0
// The statistics of spike rules against values computed with Python's statistics module.
#include "engine/spike.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kentongan::engine {
namespace {

constexpr DailyCounts::Day kFirst = 20'000;

struct Case {
  std::vector<int> events;  ///< by day, from the city's first; the last one is looked at
  double c1, c2, c3, cusum, cusum_short;
};

const std::vector<Case> kCases{
    {{0, 0, 0, 0, 0, 0, 0, 3}, 6, 6, 5, 2.90897607734, 2.92786524796},
    {{1, 1, 1, 1, 1, 1, 1, 1}, 0, 0, 0, 0, 0},
    {{2, 0, 1, 3, 0, 2, 1, 9}, 6.93295997868, 5.98232691301, 4.98232691301, 6.65938484582, 7.145106376},
    {{1, 2, 3, 4, 5, 6, 7, 8, 9, 30}, 11.1098411973, 12.035661297, 15.1378126182, 22.4235408811, 27.523616948},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8},
     4.58257569496,
     15.7142857143,
     24.7142857143,
     14.0156464332,
     13.340900703},
    {{5, 5, 5, 5, 5, 5, 5, 5, 5, 20}, 30, 30, 29, 10.8976077337, 12.7865247956},
    {{2, 1, 3, 0, 0, 4, 0, 2, 4, 0, 4, 1, 0, 0, 3, 3, 0, 1, 0, 4, 3, 0, 4, 0, 1, 4, 0, 4, 4, 3,
      0, 1, 0, 4, 1, 2, 3, 1, 4, 0, 4, 2, 4, 1, 0, 4, 4, 1, 2, 0, 4, 0, 4, 0, 4, 1, 3, 4, 3, 2},
     -0.445435403187,
     -0.151185789204,
     0,
     0,
     0},
    {{14, 18, 29, 14, 11, 9, 7,  25, 5, 22, 24, 7,  2, 18, 9,  16, 15, 28, 10, 23, 14, 9,
      19, 2,  3,  16, 13, 5, 24, 10, 4, 29, 15, 13, 1, 30, 21, 2,  24, 17, 90, 80, 70},
     0.962329654445,
     5.003555867,
     14.3009888599,
     148.065838111,
     140.309772675},
    {{0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4},
     8,
     8,
     7,
     3.90897607734,
     3.92786524796},
};

DailyCounts counts_of(const std::vector<int>& events) {
  DailyCounts counts;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i] > 0) counts.add(kFirst + static_cast<DailyCounts::Day>(i), events[i]);
  }
  return counts;
}

rules::SpikeBlock spec(rules::SpikeMethod method) {
  rules::SpikeBlock block;
  block.method = method;
  return block;
}

TEST(Spike, StatisticsAreThoseOfPython) {
  for (const Case& one : kCases) {
    const DailyCounts counts = counts_of(one.events);
    const DailyCounts::Day day = kFirst + static_cast<DailyCounts::Day>(one.events.size()) - 1;
    EXPECT_NEAR(counts.statistic(spec(rules::SpikeMethod::ears_c1), day, kFirst).value(), one.c1, 1e-9);
    EXPECT_NEAR(counts.statistic(spec(rules::SpikeMethod::ears_c2), day, kFirst).value(), one.c2, 1e-9);
    EXPECT_NEAR(counts.statistic(spec(rules::SpikeMethod::ears_c3), day, kFirst).value(), one.c3, 1e-9);
    EXPECT_NEAR(counts.statistic(spec(rules::SpikeMethod::cusum), day, kFirst).value(), one.cusum, 1e-9);
    rules::SpikeBlock shorter = spec(rules::SpikeMethod::cusum);
    shorter.baseline_days = 10;
    shorter.ratio = 2;
    EXPECT_NEAR(counts.statistic(shorter, day, kFirst).value(), one.cusum_short, 1e-9);
  }
}

TEST(Spike, SettlingChangesNothing) {
  for (const Case& one : kCases) {
    for (std::size_t at = 8; at < one.events.size(); ++at) {
      DailyCounts counts = counts_of(one.events);
      const DailyCounts::Day day = kFirst + static_cast<DailyCounts::Day>(one.events.size()) - 1;
      counts.settle(spec(rules::SpikeMethod::cusum), kFirst + static_cast<DailyCounts::Day>(at), kFirst);
      EXPECT_NEAR(counts.statistic(spec(rules::SpikeMethod::cusum), day, kFirst).value(), one.cusum, 1e-9) << at;
    }
  }
}

TEST(Spike, ADayNeedsSevenBeforeIt) {
  const DailyCounts counts = counts_of({0, 0, 0, 0, 0, 0, 9, 9});
  EXPECT_FALSE(counts.statistic(spec(rules::SpikeMethod::ears_c1), kFirst + 6, kFirst));
  EXPECT_TRUE(counts.statistic(spec(rules::SpikeMethod::ears_c1), kFirst + 7, kFirst));
  EXPECT_FALSE(counts.unusual(spec(rules::SpikeMethod::cusum), kFirst + 6, kFirst));
}

TEST(Spike, TooFewEventsAreNeverUnusual) {
  rules::SpikeBlock block = spec(rules::SpikeMethod::ears_c1);
  const DailyCounts counts = counts_of({0, 0, 0, 0, 0, 0, 0, 3});
  EXPECT_TRUE(counts.unusual(block, kFirst + 7, kFirst));
  block.min = 4;
  EXPECT_FALSE(counts.unusual(block, kFirst + 7, kFirst));
}

TEST(Spike, WhatIsTakenOutLeavesNothing) {
  DailyCounts counts;
  counts.add(kFirst, 2);
  counts.add(kFirst, -2);
  EXPECT_TRUE(counts.empty());
}

}  // namespace
}  // namespace kentongan::engine
