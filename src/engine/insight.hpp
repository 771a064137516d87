// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "domain/event.hpp"
#include "domain/output.hpp"
#include "engine/city.hpp"
#include "rules/matcher.hpp"
#include "rules/situation.hpp"

namespace kentongan::engine {

/// An event as a rule holds it.
struct HeldEvent {
  std::string id, source;
  TimePoint time;
  PlaceId area;
  std::uint32_t parts = 0;  ///< of a sequence or an absence: which of the rule's conditions it satisfies, as bits
  bool repeats = false;     ///< where values are counted: one before it in the list has the same
};

/// How far a sequence is.
struct SequenceHeld {
  std::size_t steps = 0;            ///< steps that must come and have come, in their order
  std::size_t needed = 0;           ///< all that must come
  std::vector<std::string> events;  ///< those of the steps that have come
  std::optional<TimePoint> until;   ///< when it begins to be too late for the others, or, when all came, to be told
  std::optional<std::string> prevented_by;  ///< a `not` step came between: this event
};
/// Who waits for an answer.
struct AbsenceHeld {
  struct Waiting {
    std::string event;
    TimePoint since, due;
  };
  std::vector<Waiting> waiting;
  std::optional<std::string> answer;  ///< the last event that answered
};
/// What the calendar asks of a member of a population.
struct MemberHeld {
  std::optional<TimePoint> came;     ///< what was expected, last
  std::optional<TimePoint> by, end;  ///< of the election that runs, or comes next
};
struct SpikeHeld {
  std::int64_t today = 0;
  int days_before = 0;              ///< of those that are compared, as far as the city has them
  double mean_before = 0;           ///< events a day
  std::optional<double> statistic;  ///< none: too few days lie before
};
/// Campaign entries that the rule compares with the one in hand.
struct ClashHeld {
  std::size_t others = 0, near = 0, at_one_time = 0;
  std::size_t both = 0;           ///< near and at one time; `when` decides
  std::vector<std::string> meet;  ///< names of those that meet it
  bool past = false;              ///< all of those have ended
};
/// The fullest of the days and places that an entry touches.
struct QuotaHeld {
  std::string place;
  LocalDay day;
  WindowSize size;
};
struct ScoreHeld {
  double base = 0;   ///< add * source * content
  double voice = 1;  ///< factor of the reporter's rank here
  std::uint32_t rank = 1;
};
struct RiskHeld {
  PlaceId place;
  double score = 0;
  Level level = Level::aman;
  int reporters = 0;                 ///< behind the score, at most kMostReporters
  std::optional<TimePoint> entered;  ///< since when the level of the rule is reached
  std::vector<Contribution> contributions;
  static constexpr int kMostReporters = 20;
};

/// What a rule holds of one scope at its city's clock.
struct Holding {
  Scope scope;
  TimePoint clock;
  WindowSize size;                ///< check and count rules, and of a quota
  std::vector<HeldEvent> events;  ///< that count now, the latest kMostEvents, in their order
  bool enough = false;            ///< what the block asks for is there
  struct Open {
    AlertId alert;
    TimePoint fired;
    Level level = Level::aman;
  };
  std::optional<Open> open;
  bool waits_for_end = false;  ///< nothing begins before the condition has ended
  std::variant<std::monostate, SequenceHeld, AbsenceHeld, MemberHeld, SpikeHeld, ClashHeld, QuotaHeld, ScoreHeld,
               RiskHeld>
      more;
  static constexpr std::size_t kMostEvents = 100;
};

/// Reads a city for people who ask why a rule fired, or did not. Changes nothing; valid while the city is.
class Insight {
 public:
  explicit Insight(const City& city) : city_(city) {}

  /// Of the event in hand, while Options::watch or Options::fired run: the conditions that it satisfied, and what
  /// expressions are told about it (`event` is null at a deadline).
  [[nodiscard]] std::vector<rules::Match> matched() const { return city_.matched_; }
  [[nodiscard]] const rules::Situation& situation() const { return city_.situation_; }
  [[nodiscard]] bool in_stages(RuleIndex rule, const Event& event) const;

  /// The scopes of the rule in which the event takes part by this one of its conditions.
  [[nodiscard]] std::vector<ScopeRef> scopes(const rules::Match& match, const Event& event) const;
  /// Whether the event has what the rule counts; true where it counts events.
  [[nodiscard]] bool counts(RuleIndex rule, const Event& event) const;

  /// What the rule holds of each scope that concerns the event, once that is applied.
  [[nodiscard]] std::vector<Holding> holdings(RuleIndex rule, const Event& event) const;
  /// What the rule of the pattern holds of its scope at the clock.
  [[nodiscard]] Holding of_pattern(const Pattern& pattern) const;
  /// What it held of the scope of an alert that fires.
  [[nodiscard]] Holding at_fire(const Pattern& pattern, std::span<const RecordId> behind) const;

 private:
  [[nodiscard]] Holding begin(RuleIndex rule, const ScopeRef& scope) const;
  [[nodiscard]] Holding of_scope(RuleIndex rule, const ScopeRef& scope, RecordId own) const;
  [[nodiscard]] Holding of_place(RuleIndex rule, PlaceId place) const;
  [[nodiscard]] Holding of_score(RuleIndex rule, const Event& event, RecordId own) const;
  [[nodiscard]] Holding of_campaign(RuleIndex rule, RecordId version) const;
  void list(Holding& holding, std::span<const RecordId> records, const Pattern* pattern) const;
  void fill(Holding& holding, const Pattern& pattern, RecordId own) const;
  void fill_count(Holding& holding, const Pattern& pattern, RecordId own) const;
  void fill_sequence(Holding& holding, const Pattern& pattern, RecordId own) const;
  void fill_absence(Holding& holding, const Pattern& pattern) const;
  void fill_member(Holding& holding, const Pattern* pattern, RuleIndex rule) const;
  void fill_spike(Holding& holding, const Pattern* pattern, RuleIndex rule) const;
  [[nodiscard]] ClashHeld clash_of(RuleIndex rule, RecordId version) const;
  [[nodiscard]] std::optional<QuotaHeld> quota_of(RuleIndex rule, RecordId version) const;
  [[nodiscard]] RiskHeld risk_of(PlaceId place) const;
  [[nodiscard]] RecordId record_of(const Event& event) const;

  const City& city_;
};

}  // namespace kentongan::engine
