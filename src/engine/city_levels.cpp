// SPDX-License-Identifier: Apache-2.0
// Levels of places, and level rules.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {
namespace {

/// A score within 1e-9 (relative) of a limit has reached it.
bool reached(double score, double limit) { return score >= limit * (1 - 1e-9); }

Level below(Level level) { return static_cast<Level>(static_cast<int>(level) - 1); }
std::size_t index(Level level) { return static_cast<std::size_t>(level); }

TimePoint next_full_minute(TimePoint after) { return std::chrono::floor<std::chrono::minutes>(after) + kMinute; }

/// The search for the minute at which a level falls goes no further ahead; then it looks again.
constexpr std::int64_t kFarthestMinutes = 366LL * 24 * 60;

}  // namespace

/// Kelurahan have a level by their own score; kecamatan and city only where scores are summed.
bool City::has_own_level(PlaceId place) const {
  return context_.reference().place(place).kind == PlaceKind::area ||
         context_.rules().risk.rollup == rules::Rollup::sum;
}

/// Levels of the areas whose score changed, then of what contains them. `begins`: conditions may begin.
void City::look_at_touched(Look look, bool begins) {
  const std::vector<PlaceId> areas = ledger_.take_touched();
  if (!areas.empty()) look_at_areas(areas, look, begins);
}

void City::look_at_areas(const std::vector<PlaceId>& areas, Look look, bool begins) {
  const TimePoint now = *clock_;
  std::vector<PlaceId> above;
  std::vector<std::pair<PlaceId, Level>> changed;
  const auto look_at_one = [&](PlaceId place) {
    // The highest level of its areas can only change with one of theirs.
    if (!has_own_level(place) && changed.empty() && !levels_apart_) return;
    const Level previous = level(place);
    const Level current = has_own_level(place) ? new_level(place, look, now) : highest_level(place);
    if (current != previous) {
      set_level(place, current, now);
      changed.emplace_back(place, previous);
    }
    if (has_own_level(place)) schedule_fall(place, now, look == Look::anew || current > previous || weights_fell_);
  };
  for (const PlaceId area : areas) look_at_one(area);
  if (context_.rules().risk.rollup == rules::Rollup::max && changed.empty() && !levels_apart_) {
    weights_fell_ = false;
    return;
  }
  for (const PlaceId area : areas) above.push_back(context_.reference().place(area).parent);
  std::sort(above.begin(), above.end());
  above.erase(std::unique(above.begin(), above.end()), above.end());
  for (const PlaceId district : above) look_at_one(district);
  look_at_one(id_);
  weights_fell_ = false;
  for (const auto& [place, previous] : changed) apply_level_rules(place, previous, now, look, begins);
}

Level City::new_level(PlaceId place, Look look, TimePoint now) const {
  const rules::RiskModel& risk = context_.rules().risk;
  const double score = ledger_.score(place, now);
  Level current = look == Look::anew ? Level::aman : level(place);
  while (current != Level::aman && !reached(score, risk.leave_at * risk.thresholds[index(current)])) {
    current = below(current);
  }
  if (look == Look::down) return current;
  for (Level higher = Level::awas; higher > current; higher = below(higher)) {
    if (!reached(score, risk.thresholds[index(higher)])) continue;
    const int needed = risk.independent[index(higher)];
    if (needed <= 1 || ledger_.independent(place, score, needed, now)) return higher;
  }
  return current;
}

Level City::highest_level(PlaceId place) const {
  Level highest = Level::aman;
  for (const PlaceId area : context_.reference().place(place).areas) highest = std::max(highest, level(area));
  return highest;
}

void City::set_level(PlaceId place, Level current, TimePoint now) {
  PlaceState& state = places_[local(place)];
  const Level previous = std::exchange(state.level, current);
  state.dirty = true;
  RiskChange change;
  change.area = place;
  change.score = ledger_.score(place, now);
  change.level = current;
  change.previous = previous;
  change.rising = ledger_.rising(place, now);
  change.contributions = ledger_.contributions(place, now, 5);
  Output output;
  output.subject = context_.reference().place(place).code;
  output.time = now;
  output.data = std::move(change);
  emit(std::move(output));
}

/// Finds the full minute at which the level is left if nothing else comes. More weight only delays it, so
/// an earlier look that is already planned is kept; a higher level, taking out and a higher rank bring it
/// forward (`anew`).
void City::schedule_fall(PlaceId place, TimePoint now, bool anew) {
  PlaceState& state = places_[local(place)];
  if (state.level == Level::aman || (state.scheduled && !anew)) return;
  const rules::RiskModel& risk = context_.rules().risk;
  const double limit = risk.leave_at * risk.thresholds[index(state.level)];
  const TimePoint first = next_full_minute(now);
  const auto left = [&](std::int64_t minutes) {
    return !reached(ledger_.score(place, first + kMinute * minutes), limit);
  };
  std::int64_t low = 0;
  std::int64_t high = 1;
  while (high < kFarthestMinutes && !left(high)) {
    low = high;
    high *= 2;
  }
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (left(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const TimePoint due = first + kMinute * low;
  if (state.scheduled && *state.scheduled <= due) return;
  state.scheduled = due;
  deadlines_.push({due, Deadline::Kind::place, static_cast<std::uint32_t>(local(place))});
}

void City::apply_level_rules(PlaceId place, Level previous, TimePoint now, Look look, bool begins) {
  const Level current = level(place);
  for (const RuleIndex index : context_.level_rules(context_.reference().place(place).kind)) {
    const auto& block = std::get<rules::LevelBlock>(context_.rule(index).block);
    const bool was = previous >= block.at;
    const bool is = current >= block.at;
    if (!was && !is) continue;
    const PatternId id =
        patterns_.find_or_create(index, {scope_kind(context_.reference().place(place).kind), place, {}});
    if (!was) {
      enter_level(id, now, begins);
    } else if (!is) {
      leave_level(id, now, look);
    }
    Pattern& pattern = patterns_.at(id);
    const bool counts = !context_.rule(index).staged || pattern.holding;
    if (is && counts && pattern.episode && !context_.rule(index).alert.level && current > pattern.episode->level) {
      raise(id, now, current);
    }
    mark(id);
    schedule(id);
    free_if_idle(id);
  }
}

void City::enter_level(PatternId id, TimePoint now, bool begins) {
  Pattern& pattern = patterns_.at(id);
  pattern.entered = now;
  const auto& block = std::get<rules::LevelBlock>(context_.rule(pattern.rule).block);
  if (block.hold_for.count() > 0 || !runs_at(pattern.rule, now)) return;
  // Taking out begins nothing: what holds by it begins only after it has ended.
  if (!begins) pattern.wait_for_end = true;
  begin_level(id, now, true);
}

void City::leave_level(PatternId id, TimePoint now, Look look) {
  Pattern& pattern = patterns_.at(id);
  pattern.entered.reset();
  pattern.wait_for_end = false;
  if (std::exchange(pattern.holding, false)) {
    pattern.last_event_hold = now;
  } else if (!context_.rule(pattern.rule).staged) {
    return;
  }
  if (pattern.episode && look == Look::anew) {
    close(id, now, AlertStepKind::withdrawn,
          {"withdrawn", "what was reported has been refuted or corrected, and the level is no longer reached"}, false,
          nullptr);
  }
}

/// The level has been high enough for `for`. Only an event that makes it hold can begin an alert anew.
void City::begin_level(PatternId id, TimePoint now, bool by_event) {
  Pattern& pattern = patterns_.at(id);
  pattern.holding = true;
  if (pattern.wait_for_end) return;
  const rules::AlertSpec& alert = context_.rule(pattern.rule).alert;
  if (pattern.episode) {
    if (!by_event || !alert.again_after || now - pattern.episode->fired < *alert.again_after) {
      // Outside its stages the rule did not follow the level.
      const Level current = level(*pattern.scope.place);
      const bool staged = context_.rule(pattern.rule).staged;
      if (staged && !by_event && !alert.level && current > pattern.episode->level) raise(id, now, current);
      return;
    }
    close(id, now, AlertStepKind::resolved, {"again", "the condition holds again; a new alert follows"}, true, nullptr);
  }
  fire(id, now, nullptr, {}, ledger_.contributors(*pattern.scope.place, now, 5));
}

}  // namespace kentongan::engine
