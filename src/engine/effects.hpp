// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/output.hpp"
#include "domain/rule_counts.hpp"
#include "rules/said/text.hpp"

namespace kentongan::engine {

/// What the engine made of its inputs since the caller last emptied it. Plain data: whoever called
/// writes it down, together with the offsets of the inputs, or throws it away with the engine.
struct Effects {
  std::vector<Output> outputs;  ///< in the engine's order
  /// Index of the first output that the last event applied brought about itself; before it stand those of deadlines.
  std::size_t caused_from = 0;
  std::vector<RuleCounts> rules;  ///< by RuleIndex
  /// Of the last event that Options::explain asks about: why it did not satisfy the condition; empty: it did.
  std::optional<said::Text> mismatch;
  std::uint64_t fired = 0;              ///< episodes that began, shadow ones included
  std::uint64_t dropped_campaigns = 0;  ///< entries that were forgotten because there were too many

  void clear() {
    outputs.clear();
    caused_from = 0;
    rules.assign(rules.size(), {});
    mismatch.reset();
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

/// Of one rule: what of its saved state a restore found of use.
struct RuleStateKept {
  std::uint64_t scopes = 0;          ///< for which something is known
  std::uint64_t alerts = 0;          ///< open ones
  std::uint64_t scopes_dropped = 0;  ///< for which what was known means nothing any more
  std::uint64_t alerts_ended = 0;    ///< open ones that no rule speaks of any more
  bool window_dropped = false;       ///< events of its windows mean nothing any more

  RuleStateKept& operator+=(const RuleStateKept& other) {
    scopes += other.scopes;
    alerts += other.alerts;
    scopes_dropped += other.scopes_dropped;
    alerts_ended += other.alerts_ended;
    window_dropped = window_dropped || other.window_dropped;
    return *this;
  }
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
