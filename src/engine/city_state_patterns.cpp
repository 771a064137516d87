// SPDX-License-Identifier: Apache-2.0
// Saving and restoring what rules know of their scopes: open alerts, what holds, counts by day. See city_state.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/city.hpp"
#include "engine/saved_time.hpp"
#include "state.pb.h"

namespace kentongan::engine {
namespace {

void save_text(const LocalText& text, state::LocalText& saved) {
  saved.set_id(text.id);
  saved.set_en(text.en);
}
LocalText load_text(const state::LocalText& saved) { return {saved.id(), saved.en()}; }

void save_episode(const Episode& episode, state::Episode& saved) {
  saved.set_alert(episode.id.value());
  saved.set_fired(to_ms(episode.fired));
  saved.set_level(static_cast<std::uint32_t>(episode.level));
  saved.set_state(static_cast<std::uint32_t>(episode.state));
  saved.set_tier(episode.tier);
  saved.set_proposed(episode.proposed);
  saved.mutable_told()->Assign(episode.told.begin(), episode.told.end());
  saved.set_area(episode.area);
  save_text(episode.text.message, *saved.mutable_message());
  save_text(episode.text.recommend, *saved.mutable_recommend());
  saved.set_legal(episode.text.legal);
  saved.mutable_recommendations()->Assign(episode.text.recommendations.begin(), episode.text.recommendations.end());
  saved.mutable_events()->Assign(episode.events.begin(), episode.events.end());
  saved.mutable_sources()->Assign(episode.sources.begin(), episode.sources.end());
  if (episode.count) saved.set_count(*episode.count);
  if (episode.distinct) saved.set_distinct(*episode.distinct);
  saved.set_steps(episode.steps);
  if (episode.acknowledged) saved.set_acknowledged(to_ms(*episode.acknowledged));
  if (episode.snoozed_until) saved.set_snoozed_until(to_ms(*episode.snoozed_until));
  saved.set_reminders(episode.reminders);
}

void save_days(const DailyCounts& days, state::Pattern& saved) {
  for (const auto& [day, count] : days.counts()) {
    saved.add_days(day);
    saved.add_counts(count);
  }
  saved.set_settled_day(days.settled_day());
  saved.set_settled_sum(days.settled_sum());
}

std::unique_ptr<DailyCounts> load_days(const state::Pattern& saved) {
  auto days = std::make_unique<DailyCounts>();
  for (int i = 0; i < std::min(saved.days_size(), saved.counts_size()); ++i) days->add(saved.days(i), saved.counts(i));
  days->restore_settled(saved.settled_day(), saved.settled_sum());
  return days;
}

std::unique_ptr<Episode> load_episode(const state::Episode& saved) {
  auto episode = std::make_unique<Episode>();
  episode->id = AlertId{saved.alert()};
  episode->fired = from_ms(saved.fired());
  episode->level = static_cast<Level>(saved.level());
  episode->state = static_cast<AlertState>(saved.state());
  episode->tier = saved.tier();
  episode->proposed = saved.proposed();
  episode->told.assign(saved.told().begin(), saved.told().end());
  episode->area = saved.area();
  episode->text = {load_text(saved.message()),
                   load_text(saved.recommend()),
                   saved.legal(),
                   {saved.recommendations().begin(), saved.recommendations().end()}};
  episode->events.assign(saved.events().begin(), saved.events().end());
  episode->sources.assign(saved.sources().begin(), saved.sources().end());
  if (saved.has_count()) episode->count = saved.count();
  if (saved.has_distinct()) episode->distinct = saved.distinct();
  episode->steps = saved.steps();
  if (saved.has_acknowledged()) episode->acknowledged = from_ms(saved.acknowledged());
  if (saved.has_snoozed_until()) episode->snoozed_until = from_ms(saved.snoozed_until());
  episode->reminders = saved.reminders();
  return episode;
}

}  // namespace

std::string City::state_key(const Pattern& pattern) const {
  return fmt::format("{}\n{}\n{}", context_.rule(pattern.rule).id.value(), name_of(pattern.scope.kind),
                     pattern.scope.key(context_.reference()));
}

void City::save_patterns(std::vector<StateChange>& changes) {
  for (std::string& key : freed_patterns_) changes.push_back({code(), "pattern", std::move(key), std::nullopt});
  freed_patterns_.clear();
  for (const PatternId id : std::exchange(dirty_patterns_, {})) {
    Pattern& pattern = patterns_.at(id);
    if (!pattern.used || !pattern.dirty) continue;
    pattern.dirty = false;
    const bool worth = pattern.episode || pattern.entered || pattern.holding || pattern.wait_for_end ||
                       pattern.closed_arrival != 0 || pattern.settled_hold != Window::kNever ||
                       pattern.window.taken_out() || pattern.last_expected != Window::kNever ||
                       pattern.last_seen != Window::kNever || pattern.overdue_before ||
                       (pattern.days && !pattern.days->empty()) ||
                       (context_.lasting(pattern.rule) && pattern.last_event_hold != Window::kNever);
    if (!worth) {
      if (std::exchange(pattern.saved, false)) changes.push_back({code(), "pattern", state_key(pattern), std::nullopt});
      continue;
    }
    state::Pattern saved;
    saved.set_rule(context_.rule(pattern.rule).id.value());
    saved.mutable_scope()->set_kind(static_cast<std::uint32_t>(pattern.scope.kind));
    saved.mutable_scope()->set_key(std::string(pattern.scope.key(context_.reference())));
    if (pattern.settled_hold != Window::kNever) saved.set_settled_hold(to_ms(pattern.settled_hold));
    if (pattern.last_event_hold != Window::kNever) saved.set_last_event_hold(to_ms(pattern.last_event_hold));
    if (pattern.entered) saved.set_entered(to_ms(*pattern.entered));
    saved.set_holding(pattern.holding);
    if (pattern.holds_to) saved.set_holds_to(to_ms(*pattern.holds_to));
    saved.set_closed_arrival(pattern.closed_arrival);
    saved.set_wait_for_end(pattern.wait_for_end);
    saved.set_taken_out(pattern.window.taken_out());
    saved.set_overdue_before(pattern.overdue_before);
    if (pattern.last_expected != Window::kNever) saved.set_last_expected(to_ms(pattern.last_expected));
    if (pattern.last_seen != Window::kNever) saved.set_last_seen(to_ms(pattern.last_seen));
    if (pattern.days) save_days(*pattern.days, saved);
    saved.set_form(context_.form(pattern.rule).scopes);
    if (pattern.episode) {
      save_episode(*pattern.episode, *saved.mutable_episode());
      saved.mutable_episode()->set_shadow(context_.rule(pattern.rule).status == rules::RuleStatus::shadow);
    }
    pattern.saved = true;
    changes.push_back({code(), "pattern", state_key(pattern), saved.SerializeAsString()});
  }
}

bool City::restore_pattern(std::string_view key, std::string_view value) {
  state::Pattern saved;
  if (!saved.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
  const auto rule = context_.find_rule(saved.rule());
  const auto scope = saved_scope(saved.scope().kind(), saved.scope().key());
  const bool same_form = rule && (saved.form() == 0 || saved.form() == context_.form(*rule).scopes);
  if (!rule || !scope || !same_form) {
    freed_patterns_.emplace_back(key);
    ++kept_[saved.rule()].scopes_dropped;
    if (saved.has_episode()) {
      const auto why = !rule        ? Abandoned::Why::rule_removed
                       : !same_form ? Abandoned::Why::rule_changed
                                    : Abandoned::Why::place_removed;
      abandoned_.push_back({saved.rule(),
                            {static_cast<ScopeKind>(saved.scope().kind()), saved.scope().key()},
                            saved.episode().shadow(),
                            why,
                            load_episode(saved.episode())});
    }
    return true;
  }
  const PatternId id = patterns_.find_or_create(*rule, *scope);
  Pattern& pattern = patterns_.at(id);
  pattern.saved = true;
  if (saved.has_settled_hold()) pattern.settled_hold = from_ms(saved.settled_hold());
  if (saved.has_last_event_hold()) pattern.last_event_hold = from_ms(saved.last_event_hold());
  if (saved.has_entered()) pattern.entered = from_ms(saved.entered());
  pattern.holding = saved.holding();
  if (saved.has_holds_to()) pattern.holds_to = from_ms(saved.holds_to());
  pattern.closed_arrival = saved.closed_arrival();
  pattern.wait_for_end = saved.wait_for_end();
  if (saved.taken_out()) taken_out_.insert(id);
  pattern.overdue_before = saved.overdue_before();
  if (saved.has_last_expected()) pattern.last_expected = from_ms(saved.last_expected());
  if (saved.has_last_seen()) pattern.last_seen = from_ms(saved.last_seen());
  if (std::holds_alternative<rules::SpikeBlock>(context_.rule(*rule).block) && saved.settled_day() != 0) {
    pattern.days = load_days(saved);
  }
  if (saved.has_episode()) {
    pattern.episode = load_episode(saved.episode());
    open_alerts_.emplace(pattern.episode->id.value(), id);
  }
  return true;
}

/// None when the place is no longer in the reference data.
std::optional<ScopeRef> City::saved_scope(std::uint32_t kind, const std::string& key) const {
  const auto scope_kind = static_cast<ScopeKind>(kind);
  if (scope_kind != ScopeKind::area && scope_kind != ScopeKind::district && scope_kind != ScopeKind::city) {
    return ScopeRef{scope_kind, std::nullopt, key};
  }
  const auto place = context_.reference().find_place(key);
  if (!place) return std::nullopt;
  return ScopeRef{scope_kind, place, {}};
}

}  // namespace kentongan::engine
