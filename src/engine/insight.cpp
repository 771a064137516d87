// SPDX-License-Identifier: Apache-2.0
#include "engine/insight.hpp"

#include <algorithm>
#include <set>

#include "engine/clash.hpp"

namespace kentongan::engine {

bool Insight::in_stages(RuleIndex rule, const Event& event) const {
  if (!city_.context_.rule(rule).staged) return true;
  const TimePoint time = city_.situation_.event == &event ? city_.situation_.time : event.time;
  const auto moment = city_.stage_time(event, time);
  return moment && city_.runs_at(rule, *moment);
}

std::vector<ScopeRef> Insight::scopes(const rules::Match& match, const Event& event) const {
  const rules::Rule& rule = city_.context_.rule(match.rule);
  const rules::Per* per = rules::per_of(rule, match.part);
  std::vector<ScopeRef> scopes;
  if (per == nullptr) return scopes;
  const Reference& reference = city_.context_.reference();
  scopes_of(event, *per, reference, scopes);
  const auto* members = std::get_if<rules::MemberAbsenceBlock>(&rule.block);
  if (members == nullptr) return scopes;
  const auto* campaign = std::get_if<Campaign>(&event.data);
  if (campaign != nullptr && members->each == rules::PerKind::area) {
    scopes.clear();
    for (const PlaceId area : kelurahan_of(*campaign, reference)) scopes.push_back({ScopeKind::area, area, {}});
  }
  std::erase_if(scopes, [&](const ScopeRef& scope) { return !city_.is_member(*members, scope); });
  return scopes;
}

bool Insight::counts(RuleIndex rule, const Event& event) const {
  const auto* count = std::get_if<rules::CountBlock>(&city_.context_.rule(rule).block);
  return count == nullptr || !count->distinct ||
         !field_value(event, *count->distinct, city_.context_.reference()).missing();
}

/// Where what the event says stands; of a correction that of its report.
RecordId Insight::record_of(const Event& event) const {
  const RecordId found = city_.records_.find(event.source, event.id);
  return found == kNoRecord ? found : city_.records_.root_of(found);
}

std::vector<Holding> Insight::holdings(RuleIndex rule, const Event& event) const {
  const rules::Block& block = city_.context_.rule(rule).block;
  const RecordId own = record_of(event);
  if (const auto* level = std::get_if<rules::LevelBlock>(&block)) {
    PlaceId place = place_of(event, city_.context_.reference());
    const Reference& reference = city_.context_.reference();
    while (reference.place(place).kind != level->per && place != city_.id_) place = reference.place(place).parent;
    return {of_place(rule, place)};
  }
  if (std::holds_alternative<rules::ScoreBlock>(block)) return {of_score(rule, event, own)};
  if (city_.context_.is_campaign_rule(rule)) {
    if (own == kNoRecord || city_.records_.at(own).plan == nullptr) return {};
    return {of_campaign(rule, own)};
  }
  std::vector<Holding> holdings;
  std::set<std::string> seen;
  for (std::uint32_t part = 0; part < rules::conditions_of(city_.context_.rule(rule)).size(); ++part) {
    if (rules::conditions_of(city_.context_.rule(rule))[part]->on != event.type()) continue;
    for (const ScopeRef& scope : scopes({rule, part}, event)) {
      if (seen.insert(std::string(scope.key(city_.context_.reference()))).second) {
        holdings.push_back(of_scope(rule, scope, own));
      }
    }
  }
  return holdings;
}

Holding Insight::begin(RuleIndex rule, const ScopeRef& scope) const {
  Holding holding;
  holding.scope = {scope.kind, std::string(scope.key(city_.context_.reference()))};
  holding.clock = *city_.clock_;
  const auto id = city_.patterns_.find(rule, scope);
  if (!id) return holding;
  const Pattern& pattern = city_.patterns_.at(*id);
  holding.waits_for_end = pattern.wait_for_end;
  if (pattern.episode) holding.open = {pattern.episode->id, pattern.episode->fired, pattern.episode->level};
  return holding;
}

Holding Insight::of_scope(RuleIndex rule, const ScopeRef& scope, RecordId own) const {
  Holding holding = begin(rule, scope);
  const auto id = city_.patterns_.find(rule, scope);
  const Pattern* pattern = id ? &city_.patterns_.at(*id) : nullptr;
  const rules::Block& block = city_.context_.rule(rule).block;
  if (std::holds_alternative<rules::MemberAbsenceBlock>(block)) {
    fill_member(holding, pattern, rule);
  } else if (std::holds_alternative<rules::SpikeBlock>(block)) {
    fill_spike(holding, pattern, rule);
  } else if (pattern != nullptr) {
    fill(holding, *pattern, own);
  } else if (const auto* sequence = std::get_if<rules::SequenceBlock>(&block)) {
    SequenceHeld held;
    for (const rules::SequenceStep& step : sequence->steps) held.needed += step.negated ? 0 : 1;
    holding.more = std::move(held);
  } else if (std::holds_alternative<rules::AbsenceBlock>(block)) {
    holding.more = AbsenceHeld{};
  }
  return holding;
}

Holding Insight::of_pattern(const Pattern& pattern) const { return of_scope(pattern.rule, pattern.scope, kNoRecord); }

Holding Insight::at_fire(const Pattern& pattern, std::span<const RecordId> behind) const {
  const rules::Block& block = city_.context_.rule(pattern.rule).block;
  if (std::holds_alternative<rules::LevelBlock>(block)) {
    Holding holding = of_place(pattern.rule, *pattern.scope.place);
    list(holding, behind, nullptr);
    holding.enough = true;
    return holding;
  }
  Holding holding = of_scope(pattern.rule, pattern.scope, kNoRecord);
  holding.enough = true;
  holding.size = {pattern.episode->count.value_or(0), pattern.episode->distinct.value_or(0)};
  holding.events.clear();
  list(holding, behind, &pattern);
  if (auto* sequence = std::get_if<SequenceHeld>(&holding.more)) {
    sequence->steps = sequence->needed;
    sequence->until.reset();
    sequence->prevented_by.reset();
    sequence->events.clear();
    for (const HeldEvent& event : holding.events) sequence->events.push_back(event.id);
  }
  if (!city_.context_.is_campaign_rule(pattern.rule)) return holding;
  if (std::holds_alternative<rules::ClashBlock>(block)) {
    ClashHeld clash;
    for (const RecordId record : behind) {
      if (const auto& kept = city_.records_.at(record).kept) {
        clash.meet.emplace_back(std::get<Campaign>(kept->event().data).campaign);
      }
    }
    holding.more = std::move(clash);
  } else {
    const auto slash = holding.scope.key.find('/');
    const auto day = parse_day(std::string_view(holding.scope.key).substr(slash + 1));
    holding.more = QuotaHeld{holding.scope.key.substr(0, slash), day.value_or(LocalDay{}), holding.size};
  }
  return holding;
}

/// The records as people see them, the latest of them.
void Insight::list(Holding& holding, std::span<const RecordId> records, const Pattern* pattern) const {
  std::set<Interner::Id> values;
  if (records.size() > Holding::kMostEvents) records = records.last(Holding::kMostEvents);
  for (const RecordId id : records) {
    const Record& record = city_.records_.at(id);
    HeldEvent event{record.id, std::string(city_.records_.source(id)), record.time, record.area};
    if (const Window::Entry* entry = pattern == nullptr ? nullptr : pattern->window.find(id, city_.records_)) {
      event.parts = entry->value;
      event.repeats = city_.context_.window_spec(pattern->rule).distinct && !values.insert(entry->value).second;
    }
    holding.events.push_back(std::move(event));
  }
}

}  // namespace kentongan::engine
