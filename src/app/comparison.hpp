// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "domain/output.hpp"

namespace kentongan::app {

/// An alert from `fired` to its end.
struct EpisodeSeen {
  AlertId alert;
  std::string area;
  TimePoint since;
  std::optional<TimePoint> end;  ///< none: it is open when the input ends
  Level level = Level::aman;     ///< at `fired`
  Level highest = Level::aman;
  bool shadow = false;
};

/// Which alerts two rule sets make of the same events.
///
/// Alerts of one rule and scope that are open at one time are the same alert: each of the old set with at most one of
/// the new, the earliest first. It moves when it begins at another time, at another level, reaches another highest
/// level, or is shadow in one of the sets only. What has no counterpart appears or vanishes.
///
/// Memory is that of the open alerts, of those that a counterpart may still come for, and of kMostChanges a rule.
/// Not thread-safe.
class Comparison {
 public:
  enum class Side : std::uint8_t { before, after };
  enum class Kind : std::uint8_t { appears, vanishes, moves };
  static constexpr std::size_t kMostChanges = 1'000;

  struct Change {
    Kind kind = Kind::appears;
    Scope scope;
    std::optional<EpisodeSeen> before, after;
  };
  struct Counts {
    std::uint64_t before = 0, after = 0;  ///< alerts of the old and of the new set
    std::uint64_t same = 0, moves = 0, appears = 0, vanishes = 0;
    Counts& operator+=(const Counts& other);
  };
  struct OfRule {
    Counts counts;
    std::vector<Change> changes;  ///< in the order in which they were found; the first kMostChanges
  };

  /// A step that one of the sets made of the event in hand.
  void see(Side side, const AlertStep& step, TimePoint time);
  /// Both sets have gone through the same events. `clock_of`: where the clock of a city (its code) stands now.
  void advance(const std::function<TimePoint(const std::string& city)>& clock_of);
  /// Nothing more comes.
  void finish();

  /// By rule; only those that had an alert.
  [[nodiscard]] const std::map<std::string, OfRule>& rules() const noexcept { return rules_; }
  [[nodiscard]] Counts total() const;

 private:
  using Key = std::tuple<std::string, ScopeKind, std::string>;
  struct Pair {
    std::optional<EpisodeSeen> before, after;
    [[nodiscard]] bool closed() const { return (!before || before->end) && (!after || after->end); }
    [[nodiscard]] TimePoint end() const;
    [[nodiscard]] const std::optional<EpisodeSeen>& of(Side side) const {
      return side == Side::before ? before : after;
    }
    [[nodiscard]] std::optional<EpisodeSeen>& of(Side side) { return side == Side::before ? before : after; }
  };
  using Pairs = std::vector<Pair>;
  struct Waiting {
    TimePoint end;
    Key key;
  };

  static EpisodeSeen* find(Pairs& pairs, Side side, const AlertId& alert);
  void begin(Pairs& pairs, Side side, EpisodeSeen episode);
  void settle(const Key& key, std::optional<TimePoint> clock);
  void report(const Key& key, Pair pair);

  std::map<Key, Pairs> open_;
  std::map<std::string, std::deque<Waiting>> waiting_;  ///< by city: keys with something that has ended
  std::map<std::string, OfRule> rules_;
};

}  // namespace kentongan::app
