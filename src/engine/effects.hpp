// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/output.hpp"

namespace kentongan::engine {

/// What the engine made of its inputs since the caller last emptied it. Plain data: whoever called
/// writes it down, together with the offsets of the inputs, or throws it away with the engine.
struct Effects {
  std::vector<Output> outputs;  ///< in the engine's order
  /// Counts for the metrics, per RuleIndex.
  std::vector<std::uint64_t> matches;
  std::vector<std::uint64_t> late;  ///< events that a window rule would have taken, had they not been late
  /// Conditions that could not be told and weights that were none: a missing field, an overflow, a negative `add`.
  std::vector<std::uint64_t> failed;
  std::vector<std::uint64_t> dropped;  ///< events that a rule forgot early because a scope had too many
  /// Of the last event that Options::explain asks about: why it did not satisfy the condition; empty: it did.
  std::optional<std::string> mismatch;
  std::uint64_t fired = 0;              ///< episodes that began, shadow ones included
  std::uint64_t dropped_campaigns = 0;  ///< entries that were forgotten because there were too many

  void clear() {
    outputs.clear();
    matches.assign(matches.size(), 0);
    late.assign(late.size(), 0);
    failed.assign(failed.size(), 0);
    mismatch.reset();
    dropped.assign(dropped.size(), 0);
    fired = 0;
    dropped_campaigns = 0;
  }
};

/// What became of one input event.
struct Judged {
  Verdict verdict = Verdict::applied;
  std::optional<Rejection> rejection;  ///< when it is a dead letter
};

/// A record of state that changed: opaque bytes under (city, kind, key); none removes it.
struct StateChange {
  std::string city;
  std::string kind;
  std::string key;
  std::optional<std::string> value;
};

/// Risk of one place, as queries show it.
struct PlaceView {
  PlaceId place;
  double score = 0;
  Level level = Level::aman;
  bool rising = false;
  std::vector<Contribution> contributions;
};

}  // namespace kentongan::engine
