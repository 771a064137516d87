// SPDX-License-Identifier: Apache-2.0
// State was saved under rules that are no longer the same. What a rule let in when it came stays let in; what a rule's
// kind, scopes or steps gave a meaning that they no longer have is dropped, and alerts are never left without an end.
#include <array>
#include <string_view>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {

void City::note_kept(const Pattern& pattern) {
  RuleStateKept& kept = kept_[context_.rule(pattern.rule).id.value()];
  ++kept.scopes;
  if (pattern.episode) ++kept.alerts;
  kept.window_dropped = kept.window_dropped || emptied_.contains(pattern.rule);
}

void City::settle_rules(Effects& effects) {
  if (!clock_) return;
  effects_ = &effects;
  begin_outputs();
  for (Abandoned& one : std::exchange(abandoned_, {})) end_abandoned(one);
  if (std::exchange(levels_changed_, false)) look_at_level_rules();
  flush_outputs();
}

void City::end_abandoned(Abandoned& abandoned) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kReasons{{
      {"rule_removed", "its rule was removed or switched off"},
      {"rule_changed", "its rule is about something else now"},
      {"place_removed", "its place is no longer in the reference data"},
  }};
  const auto& [code, text] = kReasons[static_cast<std::size_t>(abandoned.why)];
  Episode& episode = *abandoned.episode;
  episode.state = AlertState::expired;
  AlertStep step = alert_step(abandoned.rule, abandoned.scope, episode, AlertStepKind::expired);
  step.shadow = abandoned.shadow;
  step.to = episode.told;
  step.reasons.push_back({std::string(code), std::string(text)});
  write(std::move(step), episode, *clock_);
  note_closed(episode.id.value(), *clock_);
  ++kept_[abandoned.rule].alerts_ended;
}

/// As if each level had just been reached, or left, where a rule is new or asks for another one.
void City::look_at_level_rules() {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const PlaceId place = global(i);
    const PlaceKind kind = context_.reference().place(place).kind;
    for (const RuleIndex index : context_.level_rules(kind)) {
      const bool is = level(place) >= std::get<rules::LevelBlock>(context_.rule(index).block).at;
      const ScopeRef scope{scope_kind(kind), place, {}};
      const auto known = patterns_.find(index, scope);
      const bool was = known && patterns_.at(*known).entered;
      if (is == was) continue;
      const PatternId id = patterns_.find_or_create(index, scope);
      if (is) {
        enter_level(id, *clock_, true);
      } else {
        leave_level(id, *clock_, Look::normal);
      }
      mark(id);
      schedule(id);
      free_if_idle(id);
    }
  }
}

}  // namespace kentongan::engine
