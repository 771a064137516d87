// SPDX-License-Identifier: Apache-2.0
// Runs of sequences against a search through all choices of events; absences against their definition.
#include <functional>

#include "engine/absence.hpp"
#include "engine/sequence_runs.hpp"
#include "random_city.hpp"

namespace kentongan::engine::testing {
namespace {

TimePoint minute(int number) { return TimePoint{std::chrono::minutes(number)}; }

/// The definition: each step an event of its own, in order, none of the barriers between.
bool is_run(const std::vector<SequenceEvent>& events, const Run& run, const SequenceSpec& spec) {
  if (run.size() != spec.steps.size()) return false;
  for (std::size_t s = 0; s < run.size(); ++s) {
    if ((events[run[s]].parts & spec.steps[s]) == 0) return false;
    if (s == 0) continue;
    if (run[s] <= run[s - 1]) return false;
    for (std::size_t i = run[s - 1] + 1; i < run[s]; ++i) {
      if ((events[i].parts & spec.barriers[s]) != 0) return false;
    }
  }
  const TimePoint end = events[run[0]].time + spec.within;
  if (events[run.back()].time >= end) return false;
  for (std::size_t i = run.back() + 1; i < events.size(); ++i) {
    if ((events[i].parts & spec.closing) != 0 && events[i].time < end) return false;
  }
  return true;
}

bool any_run(const std::vector<SequenceEvent>& events, const SequenceSpec& spec,
             const std::function<bool(const Run&)>& wanted) {
  Run run;
  const std::function<bool()> choose = [&]() -> bool {
    if (run.size() == spec.steps.size()) return is_run(events, run, spec) && wanted(run);
    for (std::size_t i = run.empty() ? 0 : run.back() + 1; i < events.size(); ++i) {
      run.push_back(i);
      if (choose()) return true;
      run.pop_back();
    }
    return false;
  };
  return choose();
}

std::vector<SequenceEvent> some_events() {
  std::vector<SequenceEvent> events;
  int time = 0;
  for (const auto pick : *rc::gen::container<std::vector<std::uint8_t>>(*rc::gen::inRange<std::size_t>(1, 9),
                                                                        rc::gen::arbitrary<std::uint8_t>())) {
    time += pick % 4;
    events.push_back({minute(time), static_cast<std::uint32_t>(pick / 4 % 32)});
  }
  return events;
}

/// Up to three steps of five parts, and what must not come between or behind them.
SequenceSpec some_spec(bool closing) {
  SequenceSpec spec;
  const int steps = *rc::gen::inRange(1, 4);
  for (int s = 0; s < steps; ++s) {
    spec.steps.push_back(1U << *rc::gen::inRange(0U, 3U));
    spec.barriers.push_back(s == 0 ? 0 : *rc::gen::element(0U, 8U, 16U, 24U));
  }
  spec.closing = closing ? *rc::gen::element(8U, 16U) : 0;
  spec.within = std::chrono::minutes(*rc::gen::inRange(1, 12));
  return spec;
}

TEST(SequenceRuns, AreFoundWhereverThereAreAny) {
  hold("runs are found", 1500, [] {
    const auto events = some_events();
    const SequenceSpec spec = some_spec(false);
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, events.size());
    const auto holds = [&](const engine::Run& run) { return std::find(run.begin(), run.end(), at) != run.end(); };
    const auto run = run_with(events, at, spec);
    RC_ASSERT(run.has_value() == any_run(events, spec, holds));
    if (run) RC_ASSERT(is_run(events, *run, spec) && holds(*run));
  });
}

TEST(SequenceRuns, ThatEndWithANotWaitForTheirTime) {
  hold("closed runs are found", 1500, [] {
    const auto events = some_events();
    const SequenceSpec spec = some_spec(true);
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, events.size());
    const auto begins = [&](const engine::Run& run) { return run.front() == at; };
    const auto run = run_from(events, at, spec);
    RC_ASSERT(run.has_value() == any_run(events, spec, begins));
    if (run) RC_ASSERT(is_run(events, *run, spec) && begins(*run));
    const TimePoint now = minute(*rc::gen::inRange(0, 40));
    const auto passed = [&](const engine::Run& one) {
      return std::find(one.begin(), one.end(), at) != one.end() && events[one[0]].time + spec.within <= now;
    };
    const auto closed = closed_run_with(events, at, now, spec);
    RC_ASSERT(closed.has_value() == any_run(events, spec, passed));
    if (closed) RC_ASSERT(is_run(events, *closed, spec) && passed(*closed));
  });
}

TEST(Absence, IsWhatNothingAnswers) {
  hold("unanswered", 1000, [] {
    std::vector<AbsenceEvent> events;
    for (const SequenceEvent& event : some_events()) {
      events.push_back({event.time, (event.parts & 1U) != 0, (event.parts & 2U) != 0, event.time, events.size()});
    }
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < events.size(); ++i) {
      bool answered = !events[i].asks;
      for (std::size_t j = 0; j < events.size(); ++j) {
        answered = answered || (j != i && events[j].answers && events[j].time >= events[i].time);
      }
      if (!answered) expected.push_back(i);
    }
    RC_ASSERT(unanswered(events) == expected);
  });
}

TEST(Absence, LastsFromItsDeadlineToTheAnswer) {
  const Duration within = std::chrono::minutes(10);
  using List = std::vector<AbsenceEvent>;
  const auto ask = [](int time, int seen, std::uint64_t arrival) {
    return AbsenceEvent{minute(time), true, false, minute(seen), arrival};
  };
  const auto answer = [](int time, int seen, std::uint64_t arrival) {
    return AbsenceEvent{minute(time), false, true, minute(seen), arrival};
  };
  EXPECT_EQ(last_overdue(List{ask(0, 0, 1)}, within, minute(9)), TimePoint::min());
  EXPECT_EQ(last_overdue(List{ask(0, 0, 1)}, within, minute(20)), minute(20));
  EXPECT_EQ(last_overdue(List{ask(0, 0, 1), answer(5, 5, 2)}, within, minute(20)), TimePoint::min());
  EXPECT_EQ(last_overdue(List{ask(0, 0, 1), answer(15, 15, 2)}, within, minute(20)), minute(15));
  // What came out of order was missed until it came.
  EXPECT_EQ(last_overdue(List{ask(0, 0, 1), answer(5, 17, 2)}, within, minute(20)), minute(17));
  // What was there when the event came out of order answered it at once.
  EXPECT_EQ(last_overdue(List{ask(0, 30, 2), answer(5, 5, 1)}, within, minute(40)), TimePoint::min());
}

}  // namespace
}  // namespace kentongan::engine::testing
