// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/output.hpp"
#include "engine/context.hpp"
#include "engine/decayed_sum.hpp"
#include "engine/records.hpp"

namespace kentongan::engine {

/// The scores of one city's kelurahan and the reports behind them.
///
/// The score of an area is the sum over rules and reports of weight * 2^(-age / half_life), plus each
/// neighbour's own sum times the rule's spill. Both go into one exact DecayedSum per half-life.
///
/// What a report added stays what it was when its rule is removed or changed: shares that were made by another form of
/// a rule than it has now refer to retired terms, whose numbers are behind those of all rules.
class Ledger {
 public:
  /// What a share weighs by: a score rule as it is, or as it was.
  struct Term {
    std::string_view rule;  ///< its id
    Duration half_life{};
    double spill = 0;
    std::uint32_t half_life_index = 0;  ///< in half_lives()
  };

  /// Half-lives of the two trend averages; see rising().
  static constexpr Duration kFastTrend = std::chrono::hours(24);
  static constexpr Duration kSlowTrend = std::chrono::days(7);

  /// What a report adds to a place's score under one rule.
  struct Part {
    RecordId record;
    RuleIndex rule;  ///< see term()
    double weight;   ///< decayed
  };

  struct AreaSums {
    std::vector<DecayedSum> by_half_life;  ///< as half_lives(); empty until something scores
    DecayedSum fast, slow;                 ///< trend of the weights, whatever their half-life
    std::deque<RecordId> recent;           ///< own reports that score and can still change
    std::vector<RecordId> settled;         ///< own older ones that may stand behind the score
    std::size_t next_trim = 0;             ///< so many of them are looked through
  };

  Ledger(const Context& context, Records& records, PlaceId city);

  /// Adds what the record's shares weigh at its rank to its area and the neighbours.
  void add(RecordId record) { change(record, 1); }
  /// The exact inverse, to be called before shares or rank change.
  void remove(RecordId record) { change(record, -1); }
  /// The record scores and can still change / does not any more.
  void list(RecordId record);
  void unlist(RecordId record);
  /// The record can no longer change; it is kept only while it can be among the reasons.
  void settle(RecordId record, TimePoint now);

  /// Score of a kelurahan, or of a kecamatan or city by the roll-up of the rule set.
  [[nodiscard]] double score(PlaceId place, TimePoint now) const;
  /// At least `needed` reporters stand behind this score of the place.
  [[nodiscard]] bool independent(PlaceId place, double score, int needed, TimePoint now) const;
  /// The parts that weigh most, those first.
  [[nodiscard]] std::vector<Part> largest(PlaceId place, TimePoint now, std::size_t most) const;
  [[nodiscard]] std::vector<Contribution> contributions(PlaceId place, TimePoint now, std::size_t most) const;
  /// Records of the same contributions, each once, in the order of events.
  [[nodiscard]] std::vector<RecordId> contributors(PlaceId place, TimePoint now, std::size_t most) const;
  /// The measure of trend: weight came in faster over about the last day (average with a half-life of 24 h)
  /// than over about the last week (7 d).
  [[nodiscard]] bool rising(PlaceId place, TimePoint now) const;

  /// From now to the next take_touched(), an area counts as touched only if its sums differ in the end.
  void watch() { watching_ = true; }
  /// Areas whose score an add() or remove() changed since the last call, by code.
  [[nodiscard]] std::vector<PlaceId> take_touched();
  /// Areas whose sums changed since the last call, for the state to be saved.
  [[nodiscard]] std::set<PlaceId> take_dirty();
  [[nodiscard]] AreaSums& area(PlaceId place) { return areas_[place.value() - city_.value()]; }
  [[nodiscard]] const AreaSums& area(PlaceId place) const { return areas_[place.value() - city_.value()]; }
  /// Those of the rule set, then those that only retired terms have.
  [[nodiscard]] const std::vector<Duration>& half_lives() const noexcept { return half_lives_; }
  /// Its place among them; one that is not there yet is retired and comes in.
  std::uint32_t half_life_index(Duration half_life);
  [[nodiscard]] Term term(RuleIndex number) const;
  /// The number under which shares refer to it: the rule's where that still scores so, else that of a retired term.
  RuleIndex term_number(std::string_view rule, Duration half_life, double spill);
  /// Reports that can still change were weighed with this factor for voices; from now on with that of the rule set.
  /// `rank_of` says the rank of one that had the last rank of all.
  void reweigh(double voice_factor, const std::function<std::uint32_t(RecordId)>& rank_of);
  /// Records that are kept only as reasons.
  [[nodiscard]] bool is_settled(RecordId record) const;

 private:
  struct Retired {
    std::string rule;
    Duration half_life{};
    double spill = 0;
    std::uint32_t half_life_index = 0;
  };
  void change(RecordId record, int sign);
  void change_by(RecordId record, int sign, double voice);
  void change_area(PlaceId area, const Term& term, double weight, int sign);
  void look_at(TimePoint time);
  [[nodiscard]] bool term_before(RuleIndex a, RuleIndex b) const;
  [[nodiscard]] double area_score(PlaceId area, TimePoint now) const;
  /// The parts of an area's score, own and spilled, decayed to now.
  void collect(PlaceId area, TimePoint now, std::vector<Part>& parts) const;
  [[nodiscard]] std::vector<Part> parts_of(PlaceId place, TimePoint now) const;
  [[nodiscard]] PlaceId highest_area(PlaceId place, TimePoint now) const;
  void trim(AreaSums& area, TimePoint now);
  [[nodiscard]] std::array<double, 4> views(PlaceId from, double spill) const;
  [[nodiscard]] bool in_fixed_order(const Part& a, const Part& b) const;

  const Context& context_;
  Records& records_;
  PlaceId city_;
  bool spills_ = false;
  std::vector<Duration> half_lives_;
  std::deque<Retired> retired_;
  std::vector<AreaSums> areas_;  ///< by PlaceId, from the city's own on
  // What the time of the record in hand is to the half-lives and trends:
  std::optional<TimePoint> looked_at_;
  std::vector<DecayedSum::Moment> moments_;  ///< by half_lives()
  DecayedSum::Moment fast_, slow_;
  std::vector<PlaceId> touched_;
  bool watching_ = false;
  std::map<PlaceId, std::vector<DecayedSum>> before_;  ///< while watching: sums as they were
  std::set<PlaceId> dirty_;
};

}  // namespace kentongan::engine
