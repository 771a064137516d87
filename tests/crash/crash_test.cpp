// SPDX-License-Identifier: Apache-2.0
//
//   crash_tests [--rounds=N] [--seed=S] [GoogleTest's options]
//
// The real service is killed while clients write, at random moments and at each step to the disk, and started again,
// until all has been sent. Nothing that was acknowledged is lost, nothing is counted twice, and what
// is committed is what `replay` makes of the journal's inputs. Clients send again what was not answered.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <random>

#include "city_under_fire.hpp"

namespace {
int rounds = 10;
unsigned seed = std::random_device{}();
}  // namespace

namespace kentongan::crash {
namespace {

using app::testing::ServiceProcess;
using namespace std::chrono_literals;

void expect_all_is_well(const CityUnderFire& city) {
  for (const std::string& complaint : city.complaints()) ADD_FAILURE() << complaint;
}

/// One life of the service, until `kill_after` answers have been given and a little later.
void live_and_die(CityUnderFire& city, int kill_after, std::chrono::microseconds later) {
  ServiceProcess service(city.config(), city.log());
  std::atomic<int> acknowledged{0};
  std::atomic<bool> done{false};
  std::jthread killer([&] {
    while (acknowledged < kill_after && !done) std::this_thread::sleep_for(100us);
    std::this_thread::sleep_for(later);
    service.send_signal(SIGKILL);
  });
  if (const auto port = service.wait_ready()) city.send_to(*port, acknowledged);
  done = true;
  killer.join();
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->signal, SIGKILL) << service.log();
}

/// Sends what is left and stops the service as an operator does.
void finish(CityUnderFire& city) {
  ServiceProcess service(city.config(), city.log());
  const auto port = service.wait_ready();
  ASSERT_TRUE(port) << service.log();
  std::atomic<int> acknowledged{0};
  city.send_to(*port, acknowledged);
  ASSERT_TRUE(city.all_sent()) << service.log();
  for (int i = 0; i < 1000 && !city.all_applied(); ++i) std::this_thread::sleep_for(10ms);
  service.send_signal(SIGTERM);
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended) << "still running 10 s after SIGTERM";
  EXPECT_EQ(ended->code, 0) << service.log();
}

TEST(Crash, KilledAtRandomMoments) {
  RecordProperty("seed", std::to_string(seed));
  fmt::print("crash_tests --rounds={} --seed={}\n", rounds, seed);
  std::mt19937 random(seed);
  CityUnderFire city(3, 1000, 3);
  for (int round = 0; round < rounds && !city.all_sent(); ++round) {
    SCOPED_TRACE(fmt::format("round {} of seed {}", round, seed));
    const int answers = static_cast<int>(random() % 10);
    // Without an answer it dies while it starts or restores.
    const auto later = std::chrono::microseconds(random() % (answers == 0 ? 300'000 : 4'000));
    live_and_die(city, answers, later);
    if (HasFatalFailure()) return;
  }
  finish(city);
  if (!HasFatalFailure()) expect_all_is_well(city);
}

/// A fresh journal each time; the service dies at one step to the disk, then goes on undisturbed.
bool dies_at(long step, const char* when) {
  CityUnderFire city(1, 40, 10);
  bool died = false;
  {
    ServiceProcess service(city.config(), city.log(),
                           {{"LD_PRELOAD", CRASH_AT_STEP}, {"CRASH_AT", std::to_string(step)}, {"CRASH_WHEN", when}});
    std::atomic<int> acknowledged{0};
    if (const auto port = service.wait_ready()) city.send_to(*port, acknowledged);
    service.send_signal(SIGTERM);
    const auto ended = service.wait_end(10s);
    if (!ended) ADD_FAILURE() << "still running";
    died = ended && ended->signal == SIGKILL;
    if (!died) {
      EXPECT_EQ(ended->code, 0) << service.log();
    }
  }
  finish(city);
  expect_all_is_well(city);
  return died;
}

TEST(Crash, KilledAtEachStepToTheDisk) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "a sanitizer does not start behind another library";
#endif
  std::mt19937 random(seed);
  // Of about a hundred steps as many as there are rounds, another selection each time; with enough rounds all.
  const long stride = std::max(1L, 120L / (2L * std::max(1, rounds)));
  int deaths = 0;
  for (long step = 1 + static_cast<long>(random() % static_cast<unsigned long>(stride));; step += stride) {
    SCOPED_TRACE(fmt::format("step {} of seed {}", step, seed));
    if (!dies_at(step, step % 2 == 0 ? "before" : "after") || HasFailure()) break;
    ++deaths;
  }
  EXPECT_GE(deaths, 3) << "the steps were not seen";
}

}  // namespace
}  // namespace kentongan::crash

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("--rounds=")) rounds = std::stoi(argument.substr(9));
    if (argument.starts_with("--seed=")) seed = static_cast<unsigned>(std::stoul(argument.substr(7)));
  }
  return RUN_ALL_TESTS();
}
