// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kentongan {

/// What one rule did. All numbers only grow.
struct RuleCounts {
  std::uint64_t evaluated = 0;  ///< events that were tried against a condition: those that the index left
  std::uint64_t matched = 0;    ///< conditions that an event satisfied
  std::uint64_t late = 0;       ///< events that its windows would have taken, had they not been late
  std::uint64_t failed = 0;     ///< conditions that could not be told, and weights that were none
  std::uint64_t dropped = 0;    ///< events that were forgotten early because a scope had too many

  RuleCounts& operator+=(const RuleCounts& more) {
    evaluated += more.evaluated;
    matched += more.matched;
    late += more.late;
    failed += more.failed;
    dropped += more.dropped;
    return *this;
  }
  friend bool operator==(const RuleCounts&, const RuleCounts&) = default;
};

/// By RuleIndex; `sum` grows to the length of `more`.
inline void add_counts(std::vector<RuleCounts>& sum, const std::vector<RuleCounts>& more) {
  if (sum.size() < more.size()) sum.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

}  // namespace kentongan
