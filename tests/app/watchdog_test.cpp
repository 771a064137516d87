// SPDX-License-Identifier: Apache-2.0
#include "app/watchdog.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "app/pulse.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

struct Looked {
  std::atomic<int> times{0};
  std::atomic<std::int64_t> told{-1};
  std::promise<ShardStall> given_up;
};

Watchdog::Plan plan(Looked& looked, std::optional<ShardStall> stall, std::chrono::milliseconds limit) {
  Watchdog::Plan plan;
  plan.limit = limit;
  plan.period = 1ms;
  plan.look = [&looked, stall] {
    ++looked.times;
    return stall;
  };
  plan.tell = [&looked](std::chrono::milliseconds since) { looked.told = since.count(); };
  plan.give_up = [&looked](const ShardStall& found) { looked.given_up.set_value(found); };
  return plan;
}

void wait_for_looks(const Looked& looked, int times) {
  while (looked.times < times) std::this_thread::yield();
}

TEST(Watchdog, GivesUpOnceTheLimitIsReached) {
  Looked looked;
  auto future = looked.given_up.get_future();
  Watchdog watchdog(plan(looked, ShardStall{"it hangs", 120s, false}, 120s));
  EXPECT_EQ(future.get().why, "it hangs");
  EXPECT_EQ(looked.told, 120'000);
}

TEST(Watchdog, GoesOnBelowTheLimitAndWithoutOneAndWhileTheJournalIsAway) {
  for (const auto& [stall, limit] : {std::pair(std::optional(ShardStall{"slow", 119s, false}), 120s),
                                     std::pair(std::optional(ShardStall{"slow", 999s, false}), 0s),
                                     std::pair(std::optional(ShardStall{"no broker", 999s, true}), 120s),
                                     std::pair(std::optional<ShardStall>(), 120s)}) {
    Looked looked;
    auto future = looked.given_up.get_future();
    Watchdog watchdog(plan(looked, stall, limit));
    wait_for_looks(looked, 5);
    watchdog.stop();
    EXPECT_EQ(future.wait_for(0s), std::future_status::timeout);
    EXPECT_EQ(looked.told, stall ? std::chrono::milliseconds(stall->since).count() : 0);
  }
}

TEST(Pulse, IsQuietSinceTheLastSign) {
  Pulse pulse;
  pulse.enter(Phase::committing);
  EXPECT_EQ(name_of(pulse.phase()), "committing");
  while (pulse.quiet() < 5ms) std::this_thread::yield();
  // However slow the machine is, between a sign and the look at it less than that passes once.
  while (pulse.quiet() >= 5ms) pulse.beat();
  EXPECT_EQ(pulse.phase(), Phase::committing);
}

}  // namespace
}  // namespace kentongan::app
