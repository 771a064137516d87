// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/fields.hpp"
#include "domain/ids.hpp"
#include "domain/level.hpp"
#include "domain/reference.hpp"
#include "domain/time.hpp"
#include "rules/condition.hpp"
#include "rules/message.hpp"

namespace kentongan::rules {

enum class RuleStatus : std::uint8_t { live, shadow, off };
enum class Rollup : std::uint8_t { max, sum };

/// The `risk` section: how weights are made and when a level is entered and left.
struct RiskModel {
  std::array<double, kLevels> thresholds{0, 10, 25, 60};  ///< by Level; aman has none
  std::array<int, kLevels> independent{0, 0, 2, 2};       ///< reporters needed; up to 1 is met by the score itself
  double leave_at = 0.8;
  double voice_factor = 0.5;
  Duration voice_within = std::chrono::days(7);
  std::array<double, 6> source{1.0, 0.9, 0.75, 0.5, 0.25, 0.5};   ///< A..F
  std::array<double, 6> content{1.0, 0.9, 0.75, 0.5, 0.25, 0.5};  ///< 1..6
  Rollup rollup = Rollup::max;
};

enum class SamePlace : std::uint8_t { area, venue, city };

enum class PerKind : std::uint8_t { area, district, city, consignment, polling_station, campaign, fields };

/// What a rule keeps apart: one scope per value.
struct Per {
  PerKind kind = PerKind::area;
  std::vector<FieldId> fields;  ///< of kind fields
};

struct CheckBlock {
  Per per;
};
struct ScoreBlock {
  double add = 0;          ///< not negative
  ExpressionPtr computed;  ///< in place of `add` where that is an expression
  Duration half_life{};
  std::uint32_t half_life_index = 0;  ///< in RuleSet::half_lives
  double spill = 0;
};
struct LevelBlock {
  Level at = Level::waspada;
  Duration hold_for{0};
  PlaceKind per = PlaceKind::area;
};
struct CountBlock {
  std::int64_t at_least = 1;
  Duration within{};
  std::optional<FieldId> distinct;
  Per per;
};
/// Two campaign entries that meet; near when `same` or `within_m` says so, at least one of which is given.
struct ClashBlock {
  std::optional<SamePlace> same;
  std::optional<double> within_m;  ///< metres
  Duration gap{0};
  bool same_day = false;  ///< on one local day, instead of at one time
  ExpressionPtr when;     ///< about a and b, in one order or the other; null: none
};
/// More campaign entries on a local day than allowed.
struct QuotaBlock {
  std::int64_t at_most = 0;
  PlaceKind per = PlaceKind::area;
  std::optional<FieldId> distinct;
};
/// A condition of its own within a block, and what it keeps apart; `per` means the same for all of a block.
struct Scoped {
  Condition condition;
  Per per;
};
struct SequenceStep : Scoped {
  bool negated = false;
};
struct SequenceBlock {
  std::vector<SequenceStep> steps;  ///< the first is not negated
  Duration within{};
};
/// After an event an expected one must come.
struct AbsenceBlock {
  Scoped after, expect;
  Duration within{};
};
/// A day of an election, counted from the first day of a stage, and a local time.
struct CalendarMoment {
  std::string stage;
  int days = 0;
  Duration since_midnight{0};
};
/// For every member of a population an expected event must come by a moment of the calendar.
struct MemberAbsenceBlock {
  PerKind each = PerKind::area;  ///< area, district, polling_station or consignment
  Scoped expect;
  CalendarMoment by;
  std::optional<CalendarMoment> since;
};
enum class SpikeMethod : std::uint8_t { cusum, ears_c1, ears_c2, ears_c3 };
struct SpikeBlock {
  SpikeMethod method = SpikeMethod::cusum;
  int baseline_days = 28;  ///< of cusum
  double ratio = 3;        ///< of cusum, more than 1
  double threshold = 3;
  std::int64_t min = 3;
  double floor = 0.5;  ///< of EARS, more than 0
  Per per;
};
using Block = std::variant<CheckBlock, ScoreBlock, LevelBlock, CountBlock, ClashBlock, QuotaBlock, SequenceBlock,
                           AbsenceBlock, MemberAbsenceBlock, SpikeBlock>;

struct Escalation {
  Duration after{};
  std::vector<std::string> to;
};

struct AlertSpec {
  std::optional<Level> level;  ///< none only for level rules: the area's level, raised with it
  Message message_id, message_en;
  Message recommend_id, recommend_en;
  std::vector<std::string> to;  ///< roles; empty: routing.yaml decides
  std::vector<Escalation> escalate;
  Duration quiet_for = std::chrono::hours(1);
  std::optional<Duration> again_after;
  Duration expires = std::chrono::days(14);
  std::optional<Duration> remind_every;
};

struct Rule {
  RuleId id;
  LocalText title;
  std::string description, owner, legal;
  RuleStatus status = RuleStatus::live;
  std::vector<std::string> stages;  ///< of the calendar; none: the rule runs always
  bool staged = false;              ///< limited to `stages`
  Condition condition;              ///< unused by level rules
  Block block;
  AlertSpec alert;  ///< unused by score rules
  std::string file;
  int line = 0;
};

/// What events are held against, in the order of the numbers of rules::Match::part: the one condition of most rules;
/// the steps of a sequence; `after` and `expect` of an absence; none for level rules.
[[nodiscard]] std::vector<const Condition*> conditions_of(const Rule& rule);
/// What the rule keeps apart, of events that satisfy this one of its conditions; null for score, level, clash and
/// quota rules.
[[nodiscard]] const Per* per_of(const Rule& rule, std::uint32_t part);

/// Events that satisfy this condition begin nothing, they end or prevent: `expect` of an absence, a negated step.
[[nodiscard]] bool only_ends(const Rule& rule, std::uint32_t part);

/// A checked and compiled set of rules. Immutable; safe to share between threads.
struct RuleSet {
  std::vector<Rule> rules;  ///< sorted by id, those of status off left out
  RiskModel risk;
  std::vector<Duration> half_lives;  ///< distinct half-lives of live score rules, ascending
};

}  // namespace kentongan::rules
