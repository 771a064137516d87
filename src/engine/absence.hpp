// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/time.hpp"

namespace kentongan::engine {

/// An event of an absence rule: one that asks for an answer, one that is an answer, or both.
struct AbsenceEvent {
  TimePoint time;
  bool asks = false;
  bool answers = false;
  TimePoint seen;             ///< the clock at which it came
  std::uint64_t arrival = 0;  ///< order of arrival
};

/// Positions of the events that nothing has answered: no other event that answers is at least as late. Events are in
/// the order of events; only those behind the last answer are looked at.
[[nodiscard]] std::vector<std::size_t> unanswered(std::span<const AbsenceEvent> events);

/// The last clock, up to `now`, at which some event was without its answer for `within`, as it came;
/// TimePoint::min(): none ever was.
[[nodiscard]] TimePoint last_overdue(std::span<const AbsenceEvent> events, Duration within, TimePoint now);

}  // namespace kentongan::engine
