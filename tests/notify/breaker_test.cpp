// SPDX-License-Identifier: Apache-2.0
#include "notify/breaker.hpp"

#include <gtest/gtest.h>

namespace kentongan::notify {
namespace {

using namespace std::chrono_literals;
const TimePoint kStart = TimePoint(Duration(1'700'000'000'000));

TEST(Breaker, OpensAfterFaultsInARow) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(kStart);
  breaker.worked();
  for (int i = 0; i < 4; ++i) breaker.failed(kStart);
  EXPECT_FALSE(breaker.open());
  EXPECT_TRUE(breaker.lets(kStart));
  breaker.failed(kStart);
  EXPECT_TRUE(breaker.open());
  EXPECT_FALSE(breaker.lets(kStart));
}

TEST(Breaker, LetsOneThroughAfterAPauseThatDoubles) {
  Breaker breaker;
  for (int i = 0; i < 5; ++i) breaker.failed(kStart);
  TimePoint now = kStart;
  for (const Duration pause : {15s, 30s, 60s, 120s, 240s, 300s, 300s}) {
    EXPECT_FALSE(breaker.lets(now + pause - 1ms));
    now += pause;
    EXPECT_TRUE(breaker.lets(now));
    EXPECT_FALSE(breaker.lets(now)) << "one at a time";
    breaker.failed(now);
  }
  now += 300s;
  EXPECT_TRUE(breaker.lets(now));
  breaker.worked();
  EXPECT_FALSE(breaker.open());
  EXPECT_TRUE(breaker.lets(now));
  for (int i = 0; i < 5; ++i) breaker.failed(now);
  EXPECT_TRUE(breaker.lets(now + 15s)) << "the pause begins small again";
}

TEST(Breaker, APauseIsNoFault) {
  Breaker breaker;
  breaker.pause(kStart + 10s);
  EXPECT_FALSE(breaker.open());
  EXPECT_FALSE(breaker.lets(kStart + 9s));
  EXPECT_TRUE(breaker.lets(kStart + 10s));
}

}  // namespace
}  // namespace kentongan::notify
