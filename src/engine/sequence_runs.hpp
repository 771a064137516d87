// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/time.hpp"

namespace kentongan::engine {

/// What a sequence asks for. Each step of the rule has a bit; `parts` of an event are the steps that it satisfies.
struct SequenceSpec {
  std::vector<std::uint32_t> steps;     ///< bit of each step that must come, in order; at least one
  std::vector<std::uint32_t> barriers;  ///< by step: the steps that must not come between it and the one before
  std::uint32_t closing = 0;            ///< steps that must not come behind the last one
  Duration within{};
};

struct SequenceEvent {
  TimePoint time;
  std::uint32_t parts = 0;
};

/// Positions of the events that satisfy the steps, in their order.
using Run = std::vector<std::size_t>;

// Events are given in the order of events. Of several runs, that which begins last is taken, and of those
// each step as late as can be. One pass over the events that lie within `within` of one another.

/// A run that the event `at` is part of, of a sequence without `closing`.
[[nodiscard]] std::optional<Run> run_with(std::span<const SequenceEvent> events, std::size_t at,
                                          const SequenceSpec& spec);

/// A run that begins with `first` and holds once `within` has passed: no closing step comes behind it until then.
[[nodiscard]] std::optional<Run> run_from(std::span<const SequenceEvent> events, std::size_t first,
                                          const SequenceSpec& spec);

/// The same of a run that the event `at` is part of, and whose time had passed at `now`.
[[nodiscard]] std::optional<Run> closed_run_with(std::span<const SequenceEvent> events, std::size_t at, TimePoint now,
                                                 const SequenceSpec& spec);

}  // namespace kentongan::engine
