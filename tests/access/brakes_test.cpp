// SPDX-License-Identifier: Apache-2.0
#include "access/brakes.hpp"

#include <gtest/gtest.h>

namespace kentongan::access {
namespace {

using namespace std::chrono_literals;

SteadyTime at(std::chrono::milliseconds since) { return SteadyTime(1h) + since; }

TEST(GuessBrake, FiveGuessesAreFreeAndThenEachWaitsTwiceAsLong) {
  GuessBrake brake;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(brake.wait("10.0.0.1", at(0s)), 0ms);
    brake.charge("10.0.0.1", at(0s));
  }
  EXPECT_EQ(brake.wait("10.0.0.1", at(0s)), 0ms);
  std::chrono::milliseconds now{0};
  for (const auto wait : {1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 32000ms, 64000ms, 128000ms, 256000ms, 256000ms}) {
    brake.charge("10.0.0.1", at(now));
    EXPECT_EQ(brake.wait("10.0.0.1", at(now)), wait);
    EXPECT_EQ(brake.wait("10.0.0.2", at(now)), 0ms) << "another address does not wait";
    now += wait;
    EXPECT_EQ(brake.wait("10.0.0.1", at(now)), 0ms);
  }
}

TEST(GuessBrake, ARightOneForgivesAndAQuarterOfAnHourForgets) {
  GuessBrake brake;
  for (int i = 0; i < 6; ++i) brake.charge("a", at(0s));
  for (int i = 0; i < 6; ++i) brake.charge("b", at(0s));
  brake.forgive("a");
  EXPECT_EQ(brake.wait("a", at(1ms)), 0ms);
  EXPECT_GT(brake.wait("b", at(1ms)), 0ms);
  brake.charge("b", at(16min));
  EXPECT_EQ(brake.wait("b", at(16min)), 0ms);
}

TEST(GuessBrake, OneNetworkOfIpv6IsOneGuesserAndItsTableIsBounded) {
  GuessBrake brake(100);
  for (int i = 0; i < 6; ++i) brake.charge("2001:db8::" + std::to_string(i + 1), at(0s));
  EXPECT_GT(brake.wait("2001:db8::ffff", at(0s)), 0ms);
  EXPECT_EQ(brake.wait("2001:db8:0:1::1", at(0s)), 0ms);
  for (int i = 0; i < 1000; ++i)
    brake.charge("10.0." + std::to_string(i / 250) + '.' + std::to_string(i % 250), at(1s));
  EXPECT_LE(brake.size(), 100U);
}

TEST(RequestBrake, LetsTwiceTheRateThroughAtOnceAndThenTheRate) {
  RequestBrake brake(10, 100);
  int let = 0;
  for (int i = 0; i < 100; ++i) let += brake.take("t", at(0s)) ? 1 : 0;
  EXPECT_EQ(let, 20);
  for (int i = 0; i < 100; ++i) let += brake.take("t", at(1s)) ? 1 : 0;
  EXPECT_EQ(let, 30);
  EXPECT_TRUE(brake.take("other", at(1s)));
  EXPECT_FALSE(brake.take("t", at(0s))) << "a clock that goes back gives nothing";
}

}  // namespace
}  // namespace kentongan::access
