// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/ids.hpp"
#include "engine/episode.hpp"
#include "engine/records.hpp"
#include "engine/scope.hpp"
#include "engine/spike.hpp"
#include "engine/table_hash.hpp"
#include "engine/window.hpp"

namespace kentongan::engine {

/// The state of one rule for one scope: what holds, and the open alert if there is one.
struct Pattern {
  RuleIndex rule;
  ScopeRef scope;
  bool used = false;

  Window window;                      ///< the events of the scope that the rule still looks at
  std::unique_ptr<DailyCounts> days;  ///< of spike rules
  /// The last clock at which the condition held through entries that are gone, or an event made it hold.
  TimePoint settled_hold = Window::kNever;
  TimePoint last_event_hold = Window::kNever;

  /// Of level rules: since when the level is at least `at`.
  std::optional<TimePoint> entered;
  /// Of conditions that last (level, clash, quota, absence): it holds, and until when at the latest.
  bool holding = false;
  std::optional<TimePoint> holds_to;

  /// Of absence rules: an event that is gone was overdue, and nothing has answered it.
  bool overdue_before = false;
  /// Of a member: when what is expected came last, of what is gone from the window; when it was last seen.
  TimePoint last_expected = Window::kNever;
  TimePoint last_seen = Window::kNever;

  std::unique_ptr<Episode> episode;
  /// The last arrival when an officer ended an episode here, or it expired: what had come until then opens
  /// nothing any more. 0: neither happened.
  std::uint64_t closed_arrival = 0;
  /// Nothing begins before the condition has ended.
  bool wait_for_end = false;

  std::optional<TimePoint> scheduled;  ///< the earliest deadline that is queued for it
  bool dirty = false;                  ///< to be saved
  bool saved = false;                  ///< a saved record exists
};

/// The patterns of one city by rule and scope.
class Patterns {
 public:
  explicit Patterns(const Reference& reference) : reference_(reference) {}

  PatternId find_or_create(RuleIndex rule, const ScopeRef& scope);
  PatternId find_or_create(RuleIndex rule, ScopeKind kind, PlaceId place) {
    const auto found = by_place_.find(place_key(rule, place));
    return found != by_place_.end() ? found->second : create(rule, {kind, place, {}});
  }
  [[nodiscard]] std::optional<PatternId> find(RuleIndex rule, const ScopeRef& scope) const;
  [[nodiscard]] Pattern& at(PatternId id) { return patterns_[id]; }
  [[nodiscard]] const Pattern& at(PatternId id) const { return patterns_[id]; }
  void free(PatternId id);
  [[nodiscard]] std::size_t slots() const noexcept { return patterns_.size(); }
  /// By rule id, then scope key.
  [[nodiscard]] bool before(PatternId a, PatternId b) const;
  [[nodiscard]] std::string_view key(PatternId id) const { return patterns_[id].scope.key(reference_); }

 private:
  PatternId create(RuleIndex rule, const ScopeRef& scope);
  static std::uint64_t place_key(RuleIndex rule, PlaceId place) {
    return (std::uint64_t{rule.value()} << 32U) | place.value();
  }
  static std::string text_key(RuleIndex rule, const std::string& text) {
    return std::to_string(rule.value()) + ' ' + text;
  }

  const Reference& reference_;
  std::deque<Pattern> patterns_;
  std::vector<PatternId> free_;
  boost::unordered_flat_map<std::uint64_t, PatternId> by_place_;
  std::unordered_map<std::string, PatternId, TextHash> by_text_;
};

}  // namespace kentongan::engine
