// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "domain/ids.hpp"
#include "domain/time.hpp"

namespace kentongan {
struct Event;
namespace rules {
class Evaluator;
}
}  // namespace kentongan

namespace kentongan::engine {

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
  /// For tests: sees every event that rules are held against, with the evaluator at its situation.
  std::function<void(const Event&, rules::Evaluator&)> watch;
  /// What changes is collected for take_changes(). Where nobody takes it, it would pile up.
  bool durable = true;
};

}  // namespace kentongan::engine
