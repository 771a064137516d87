// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "domain/ids.hpp"
#include "domain/time.hpp"

namespace kentongan {
struct Event;
namespace rules {
class Evaluator;
}
}  // namespace kentongan

namespace kentongan::engine {

class City;
struct Pattern;

struct Options {
  /// How long ids are remembered: duplicates are found and reports can be corrected for so long (event time).
  /// Zero: neither.
  Duration dedupe = std::chrono::days(7);
  /// An event further behind its city's clock is late: it scores and checks, but enters no window.
  Duration lateness = std::chrono::hours(24);
  /// With a wall clock: an event further ahead of it is refused as `future`.
  Duration future_tolerance = std::chrono::minutes(5);
  /// Evaluate every rule on every event by the slow evaluator. Never changes the output.
  bool full_scan = false;
  /// For tests: why events do not satisfy the condition of this rule is told in Effects::mismatch.
  std::optional<RuleIndex> explain;
  /// For tests and explanations: sees every event that rules are held against, when all of them are judged, with the
  /// evaluator at its situation.
  std::function<void(const City&, const Event&, rules::Evaluator&)> watch;
  /// For explanations: sees each alert as it fires, with the state as it made it fire. `behind`: the records of its
  /// events, in their order.
  std::function<void(const City&, const Pattern&, std::span<const std::uint32_t> behind)> fired;
  /// What changes is collected for take_changes(). Where nobody takes it, it would pile up.
  bool durable = true;
};

}  // namespace kentongan::engine
