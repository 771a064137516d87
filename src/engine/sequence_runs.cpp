// SPDX-License-Identifier: Apache-2.0
#include "engine/sequence_runs.hpp"

#include <algorithm>
#include <utility>

namespace kentongan::engine {
namespace {

/// Goes over events in their order and keeps, for each number of steps, the run of so many that begins last and that
/// the next step may continue.
class Pass {
 public:
  Pass(std::span<const SequenceEvent> events, const SequenceSpec& spec)
      : events_(events), spec_(spec), live_(spec.steps.size()) {}

  /// `begins`: a run may begin here.
  void step(std::size_t at, bool begins) {
    const std::uint32_t parts = events_[at].parts;
    for (std::size_t s = live_.size(); s-- > 0;) {
      std::optional<Run> longer = continued(at, s, begins);
      const std::uint32_t against = s + 1 < live_.size() ? spec_.barriers[s + 1] : spec_.closing;
      if ((parts & against) != 0) live_[s].reset();
      if (longer && (!live_[s] || longer->front() >= live_[s]->front())) live_[s] = std::move(longer);
    }
  }
  /// The run of s steps and this event, if there is one.
  [[nodiscard]] std::optional<Run> continued(std::size_t at, std::size_t s, bool begins) const {
    if ((events_[at].parts & spec_.steps[s]) == 0) return std::nullopt;
    if (s == 0) return begins ? std::optional(Run{at}) : std::nullopt;
    if (!live_[s - 1] || events_[at].time - events_[live_[s - 1]->front()].time >= spec_.within) return std::nullopt;
    Run run = *live_[s - 1];
    run.push_back(at);
    return run;
  }
  void set(std::size_t s, Run run) { live_[s] = std::move(run); }
  [[nodiscard]] const std::optional<Run>& whole() const { return live_.back(); }

 private:
  std::span<const SequenceEvent> events_;
  const SequenceSpec& spec_;
  std::vector<std::optional<Run>> live_;
};

/// Continues a run of s + 1 steps that ends at its last event. `closing`: to the end of its time; else until it is
/// whole.
std::optional<Run> finish(std::span<const SequenceEvent> events, const SequenceSpec& spec, std::size_t s, Run run) {
  const TimePoint end = events[run.front()].time + spec.within;
  const std::size_t at = run.back();
  Pass pass(events, spec);
  pass.set(s, std::move(run));
  for (std::size_t i = at + 1; i < events.size() && events[i].time < end; ++i) {
    if (spec.closing == 0 && pass.whole()) break;
    pass.step(i, false);
  }
  return pass.whole();
}

/// A run with `at` in any of its steps, once the events before it have passed.
std::optional<Run> through(std::span<const SequenceEvent> events, const Pass& pass, std::size_t at, bool begins,
                           const SequenceSpec& spec) {
  std::optional<Run> best;
  for (std::size_t s = spec.steps.size(); s-- > 0;) {
    auto run = pass.continued(at, s, begins);
    if (!run) continue;
    auto whole = finish(events, spec, s, *std::move(run));
    if (whole && (!best || whole->front() > best->front())) best = std::move(whole);
  }
  return best;
}

std::size_t first_within(std::span<const SequenceEvent> events, std::size_t at, Duration within) {
  std::size_t first = at;
  while (first > 0 && events[at].time - events[first - 1].time < within) --first;
  return first;
}

}  // namespace

std::optional<Run> run_with(std::span<const SequenceEvent> events, std::size_t at, const SequenceSpec& spec) {
  // What comes last must be the last step.
  if (at + 1 == events.size() && (events[at].parts & spec.steps.back()) == 0) return std::nullopt;
  Pass pass(events, spec);
  for (std::size_t i = first_within(events, at, spec.within); i < at; ++i) pass.step(i, true);
  return through(events, pass, at, true, spec);
}

std::optional<Run> run_from(std::span<const SequenceEvent> events, std::size_t first, const SequenceSpec& spec) {
  if ((events[first].parts & spec.steps.front()) == 0) return std::nullopt;
  return finish(events, spec, 0, Run{first});
}

std::optional<Run> closed_run_with(std::span<const SequenceEvent> events, std::size_t at, TimePoint now,
                                   const SequenceSpec& spec) {
  const std::size_t earliest = first_within(events, at, spec.within);
  for (std::size_t first = at + 1; first-- > earliest;) {
    if ((events[first].parts & spec.steps.front()) == 0 || events[first].time + spec.within > now) continue;
    if (first == at) {
      if (auto run = finish(events, spec, 0, Run{at})) return run;
      continue;
    }
    Pass pass(events, spec);
    pass.set(0, Run{first});
    for (std::size_t i = first + 1; i < at; ++i) pass.step(i, false);
    if (auto run = through(events, pass, at, false, spec)) return run;
  }
  return std::nullopt;
}

}  // namespace kentongan::engine
