// SPDX-License-Identifier: Apache-2.0
//
// An engine that was saved and restored at any moment goes on as if it had never stopped: the same outputs
// and the same saved state, byte for byte. What a restart loses or adds would show here.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "random_city.hpp"

namespace kentongan::engine::testing {
namespace {

std::vector<unsigned> bytes_of(const std::string& text) {
  std::vector<unsigned> bytes;
  for (const char c : text) bytes.push_back(static_cast<unsigned char>(c));
  return bytes;
}

/// What differs between two saved states, named.
std::string difference(const SavedState& a, const SavedState& b) {
  std::string text;
  for (const auto& [key, value] : a) {
    const auto found = b.find(key);
    const auto& [city, kind, name] = key;
    if (found == b.end()) text += fmt::format("only without restart: {} {} {}\n", city, kind, name);
    if (found != b.end() && found->second != value) {
      text += fmt::format("different: {} {} {}\n  without restart: {:02x}\n  with restart:    {:02x}\n", city, kind,
                          name, fmt::join(bytes_of(value), ""), fmt::join(bytes_of(found->second), ""));
    }
  }
  for (const auto& [key, value] : b) {
    if (!a.contains(key)) text += fmt::format("only with restart: {} {}\n", std::get<1>(key), std::get<2>(key));
  }
  return text;
}

struct Places {
  unsigned variant = 0;
  unsigned every = 1;          ///< saved behind every n-th input
  std::uint32_t restarts = 0;  ///< bit i: restarted at the i-th save (of 32, again and again)
};

void restart_is_unseen(const std::vector<Step>& steps, const Places& places) {
  const auto rules = risky_rules(places.variant);
  const Options options = busy_options(places.variant / kVariants);
  const std::vector<Input> inputs = to_inputs(steps, rules, options);
  Play steady(rules, options);
  Play restarted(rules, options);
  SavedState steady_saved, restarted_saved;
  unsigned saves = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::string verdict = feed(steady, inputs[i]);
    RC_LOG() << i << ": " << inputs[i] << " " << verdict << '\n';
    RC_ASSERT(feed(restarted, inputs[i]) == verdict);
    RC_ASSERT(restarted.lines() == steady.lines());
    if (i % places.every != 0) continue;
    steady.save(steady_saved);
    restarted.save(restarted_saved);
    RC_ASSERT(difference(steady_saved, restarted_saved) == "");
    if ((places.restarts >> (saves++ % 32)) & 1U) {
      RC_LOG() << "restart\n";
      restarted.restart(restarted_saved);
    }
  }
  const TimePoint end = at("120d");
  steady.until(end);
  restarted.until(end);
  RC_ASSERT(restarted.lines() == steady.lines());
}

TEST(RestoreProperty, ARestartIsUnseen) {
  hold("a restart is unseen", 60, [](std::uint32_t restarts) {
    const std::vector<Step> steps = *any_steps();
    const unsigned variant = *rc::gen::inRange(0U, kVariants * 3);
    const unsigned every = *rc::gen::inRange(1U, 6U);
    restart_is_unseen(steps, {variant, every, restarts});
  });
}

/// The report of an id that was used before is still known after the older one was written anew.
TEST(RestoreProperty, AnOldReasonTakesNoKeyFromAYoungerEvent) {
  Play play(R"(
risk: {levels: {waspada: 1, siaga: 50, awas: 60}}
rules:
  - {id: score, score: {add: 4, half_life: 365d}}
)");
  SavedState saved;
  const auto take = [&](const std::string& raw) {
    const std::string verdict = play.take(raw);
    play.save(saved);
    return verdict;
  };
  EXPECT_EQ(take(report("r-1", at("0s"))), "applied");
  EXPECT_EQ(take(report("r-0", at("8d"), {.reporter = "d"})), "applied");
  EXPECT_EQ(take(report("r-1", at("8d"), {.reporter = "b"})), "applied");
  // By now the first of them is only a reason for the score, and its chunk has been written anew.
  EXPECT_EQ(take(report("r-2", at("14d2m"), {.reporter = "c"})), "applied");
  play.restart(saved);
  EXPECT_EQ(play.take(report("r-1", at("14d3m"), {.reporter = "b"})), "duplicate");
}

TEST(RestoreProperty, WhatIsRestoredIsSavedNoSecondTime) {
  const auto rules = busy_rules(0);
  Play play(rules);
  SavedState saved;
  play.take(report("r-1", at("0s")));
  play.take(report("r-2", at("1h"), {.severity = 5, .reporter = "b"}));
  play.save(saved);
  ASSERT_FALSE(saved.empty());
  play.restart(saved);
  EXPECT_TRUE(play.engine().take_changes().empty());
}

TEST(RestoreProperty, DamagedStateIsRefused) {
  Play play(busy_rules(0));
  SavedState saved;
  play.take(report("r-1", at("0s"), {.severity = 5}));
  play.save(saved);
  for (const auto& [key, value] : saved) {
    if (std::get<1>(key) == "closed") continue;
    SavedState damaged = saved;
    damaged[key] = "\xff\xff\xff";
    EXPECT_THROW(play.restart(damaged), std::runtime_error) << std::get<1>(key);
  }
}

}  // namespace
}  // namespace kentongan::engine::testing
