// SPDX-License-Identifier: Apache-2.0
#include "notify/pacing.hpp"

#include <gtest/gtest.h>

#include "notify/rate_limit.hpp"

namespace kentongan::notify {
namespace {

using ports::Delivery;
using ports::DeliveryState;
using ports::Fate;
using ports::SendOutcome;
using namespace std::chrono_literals;

const TimePoint kStart = TimePoint(Duration(1'700'000'000'000));

Delivery waiting(bool last) {
  Delivery delivery;
  delivery.key = "k";
  delivery.first = kStart;
  delivery.last = last;
  return delivery;
}

SendOutcome outcome(Fate fate) {
  SendOutcome made;
  made.fate = fate;
  made.detail = "said";
  return made;
}

TEST(Pacing, WaitsDoubleBetweenHalfAndWhole) {
  const Pacing pacing;
  for (int attempts = 1; attempts < 40; ++attempts) {
    const Duration whole =
        std::min<Duration>(pacing.longest_wait, pacing.first_wait * (1LL << std::min(attempts - 1, 20)));
    for (const char* key : {"a", "b", "c"}) {
      const Duration wait = wait_after(pacing, key, attempts);
      EXPECT_GE(wait, whole / 2);
      EXPECT_LE(wait, whole);
      EXPECT_EQ(wait, wait_after(pacing, key, attempts)) << "the same when it is asked again";
    }
  }
  EXPECT_NE(wait_after(pacing, "a", 9), wait_after(pacing, "b", 9));
}

TEST(Pacing, DeliveredIsDelivered) {
  const auto settled = judge({}, waiting(true), outcome(Fate::delivered), kStart);
  EXPECT_EQ(settled.state, DeliveryState::delivered);
  EXPECT_FALSE(settled.next_way || settled.unreachable);
}

TEST(Pacing, RefusedGoesToTheNextWayOrToNobody) {
  const auto next = judge({}, waiting(false), outcome(Fate::refused), kStart);
  EXPECT_EQ(next.state, DeliveryState::failed);
  EXPECT_TRUE(next.next_way);
  EXPECT_FALSE(next.unreachable);
  const auto none = judge({}, waiting(true), outcome(Fate::refused), kStart);
  EXPECT_EQ(none.state, DeliveryState::failed);
  EXPECT_FALSE(none.next_way);
  EXPECT_TRUE(none.unreachable);
}

TEST(Pacing, PatienceEnds) {
  const Pacing pacing;
  auto settled = judge(pacing, waiting(false), outcome(Fate::retry), kStart + pacing.patience - 1ms);
  EXPECT_EQ(settled.state, DeliveryState::waiting);
  settled = judge(pacing, waiting(false), outcome(Fate::retry), kStart + pacing.patience);
  EXPECT_EQ(settled.state, DeliveryState::failed);
  EXPECT_TRUE(settled.next_way);
}

TEST(Pacing, TheLastWayIsTriedOnWhileItIsToldThatNobodyIsReached) {
  const Pacing pacing;
  Delivery delivery = waiting(true);
  auto settled = judge(pacing, delivery, outcome(Fate::retry), kStart + pacing.patience);
  EXPECT_EQ(settled.state, DeliveryState::waiting);
  EXPECT_TRUE(settled.unreachable);
  delivery.unreachable = true;
  settled = judge(pacing, delivery, outcome(Fate::retry), kStart + pacing.patience + 1min);
  EXPECT_EQ(settled.state, DeliveryState::waiting);
  EXPECT_FALSE(settled.unreachable) << "once is enough";
  settled = judge(pacing, delivery, outcome(Fate::retry), kStart + pacing.give_up);
  EXPECT_EQ(settled.state, DeliveryState::failed);
}

TEST(Pacing, ObeysWhoWantsSilence) {
  SendOutcome limited = outcome(Fate::retry);
  limited.retry_after = 90s;
  EXPECT_EQ(judge({}, waiting(true), limited, kStart).due, kStart + 90s);
  limited.retry_after = 365 * 24h;
  EXPECT_EQ(judge({}, waiting(true), limited, kStart).due, kStart + 1h) << "not for ever";
}

TEST(RateLimit, LetsSoManyAtOnceAndThenOneAfterTheOther) {
  RateLimit rates({{3, 3s}, {}, {}});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(rates.allowed("a", kStart), kStart);
    rates.take("a", kStart);
  }
  EXPECT_EQ(rates.allowed("a", kStart), kStart + 1s);
  EXPECT_EQ(rates.allowed("a", kStart + 1s), kStart + 1s);
}

TEST(RateLimit, OneRecipientDoesNotUseUpTheOthers) {
  RateLimit rates(rates_of("telegram"));
  EXPECT_EQ(rates.allowed("1", kStart), kStart);
  rates.take("1", kStart);
  EXPECT_EQ(rates.allowed("1", kStart), kStart + 1s);
  EXPECT_EQ(rates.allowed("2", kStart), kStart);
}

TEST(RateLimit, AGroupGetsTwentyAMinute) {
  RateLimit rates(rates_of("telegram"));
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(rates.allowed("-100", kStart), kStart) << i;
    rates.take("-100", kStart);
  }
  EXPECT_EQ(rates.allowed("-100", kStart), kStart + 3s);
}

TEST(RateLimit, RemembersAtMostSoMany) {
  RateLimit rates({{}, {1, 1s}, {}});
  for (int i = 0; i < 50'000; ++i) rates.take(std::to_string(i), kStart);
  EXPECT_EQ(rates.allowed("49999", kStart), kStart + 1s);
}

}  // namespace
}  // namespace kentongan::notify
