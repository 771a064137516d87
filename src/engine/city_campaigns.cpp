// SPDX-License-Identifier: Apache-2.0
// Campaign entries: which version is valid, and the clash and quota rules that compare entries. Their conditions last:
// they hold from the event that brings them about until an event or the end of what they are about.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/city.hpp"
#include "engine/clash.hpp"

namespace kentongan::engine {
namespace {

/// An entry counts for quotas on so many days from its first one.
constexpr std::chrono::days kMostDays{366};

const Reason kNoLonger{"changed", "a change or a cancellation has ended it"};

ScopeKind day_scope(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::city:
      return ScopeKind::city_day;
    case PlaceKind::district:
      return ScopeKind::district_day;
    case PlaceKind::area:
      return ScopeKind::area_day;
  }
  return ScopeKind::area_day;
}

ScopeRef pair_scope(const Campaign& a, const Campaign& b) {
  const auto [first, second] = std::minmax(a.campaign, b.campaign);
  return {ScopeKind::campaign_pair, std::nullopt, fmt::format("{}+{}", first, second)};
}

/// Where a quota counts the entry.
std::vector<PlaceId> quota_places(const rules::QuotaBlock& quota, const Campaign& campaign,
                                  const Reference& reference) {
  if (quota.per == PlaceKind::area) return kelurahan_of(campaign, reference);
  std::set<PlaceId> places;
  for (const PlaceId written : campaign.areas) {
    if (quota.per == PlaceKind::city) {
      places.insert(reference.place(written).city);
    } else if (const auto district = reference.district_of(written)) {
      places.insert(*district);
    }
  }
  return {places.begin(), places.end()};
}

}  // namespace

/// A campaign event has come: if it is the valid version from now on, its clashes and quotas are looked at anew.
void City::plan(RecordId version, const Event& event) {
  if (context_.campaign_rules().empty()) return;
  const auto& campaign = std::get<Campaign>(event.data);
  const RecordId known = campaigns_.find(campaign.campaign);
  if (known != kNoRecord && records_.before(version, known)) return;
  Record& record = records_.at(version);
  record.kept = std::make_unique<KeptEvent>(event);
  std::get<Campaign>(record.kept->event().data).starts_at = stage_time(event, event.time);
  record.plan = std::make_unique<Plan>();
  for (const rules::Match& match : matched_) {
    if (context_.is_campaign_rule(match.rule)) record.plan->rules.push_back(match.rule);
  }
  const std::vector<Held> held = held_through(known);
  leave_plan(campaigns_.put(campaign.campaign, version, context_.options().dedupe));
  const std::vector<Held> holds = looks_of_version(version, Judge::whole);
  for (const Held& one : held) {
    const auto same = [&](const Held& other) { return other.rule == one.rule && other.scope.text == one.scope.text; };
    if (std::none_of(holds.begin(), holds.end(), same)) look_again(one);
  }
  for (const Held& one : holds) hold(one, event);
  forget_campaigns();
}

/// The version of this record is valid no longer, or is forgotten.
void City::leave_plan(RecordId version) {
  if (version == kNoRecord) return;
  Record& record = records_.at(version);
  record.plan.reset();
  if (record.patterns.empty()) record.kept.reset();
  put(version);
  records_.release(version);
}

void City::forget_campaigns() {
  for (std::string name = campaigns_.expired(*clock_); !name.empty(); name = campaigns_.expired(*clock_)) {
    if (campaigns_.overfull() && effects_ != nullptr) ++effects_->dropped_campaigns;
    leave_plan(campaigns_.drop(name));
  }
}

bool City::counts_for(RuleIndex rule, Campaigns::Id entry) const {
  const auto& rules = records_.at(campaigns_.record(entry)).plan->rules;
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

std::size_t City::entries_for(RuleIndex rule) const {
  const auto entries = campaigns_.all();
  return static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(), [&](Campaigns::Id id) { return counts_for(rule, id); }));
}

/// What holds, or may hold, through this version; kNoRecord: nothing. It is still the valid one.
std::vector<City::Held> City::held_through(RecordId version) const {
  std::vector<Held> held;
  if (version == kNoRecord) return held;
  for (const Held& one : looks_of_version(version, Judge::but_when)) {
    const auto pattern = patterns_.find(one.rule, one.scope);
    if (pattern && patterns_.at(*pattern).holding) held.push_back(one);
  }
  return held;
}

/// The conditions that hold now through the valid version of an entry.
std::vector<City::Held> City::looks_of_version(RecordId version, Judge judge) const {
  std::vector<Held> holds;
  const Campaign& campaign = campaign_of(records_.at(version));
  if (campaign.status == CampaignStatus::cancelled) return holds;
  for (const RuleIndex rule : records_.at(version).plan->rules) {
    if (const auto* clash = std::get_if<rules::ClashBlock>(&context_.rule(rule).block)) {
      add_clashes(rule, *clash, version, judge, holds);
    } else {
      add_quotas(rule, std::get<rules::QuotaBlock>(context_.rule(rule).block), version, holds);
    }
  }
  return holds;
}

void City::add_clashes(RuleIndex rule, const rules::ClashBlock& clash, RecordId version, Judge judge,
                       std::vector<Held>& holds) const {
  const Reference& reference = context_.reference();
  const Campaign& campaign = campaign_of(records_.at(version));
  const auto candidates =
      context_.options().full_scan ? campaigns_.all() : may_meet(clash, campaign, campaigns_.index(), reference);
  for (const Campaigns::Id id : candidates) {
    const RecordId other = campaigns_.record(id);
    if (other == version || !counts_for(rule, id)) continue;
    const Campaign& with = campaigns_.campaign(id);
    const TimePoint end = std::max(*campaign.ends_at, *with.ends_at);
    if (end <= *clock_ || !meet(clash, campaign, with, reference)) continue;
    if (judge == Judge::whole && clash.when != nullptr && !pair_holds(rule, *clash.when, version, other)) continue;
    std::vector<RecordId> behind{version, other};
    if (records_.before(other, version)) std::swap(behind[0], behind[1]);
    holds.push_back({rule, pair_scope(campaign, with), end, {2, 2}, std::move(behind)});
  }
}

/// In one order or the other. `stage` is that of the event that came last of the two.
bool City::pair_holds(RuleIndex rule, const rules::Expression& when, RecordId one, RecordId other) const {
  rules::Situation situation;
  situation.a = &records_.at(one).kept->event();
  situation.b = &records_.at(other).kept->event();
  situation.time = std::max(situation.a->time, situation.b->time);
  situation.now = *clock_;
  situation.place = id_;
  situation.risks = this;
  const rules::Outcome first = evaluator_.holds_in(when, situation);
  if (first == rules::Outcome::yes) return true;
  std::swap(situation.a, situation.b);
  const rules::Outcome second = evaluator_.holds_in(when, situation);
  const bool failed = first == rules::Outcome::failed || second == rules::Outcome::failed;
  if (failed && second != rules::Outcome::yes && effects_ != nullptr) ++effects_->rules[rule.value()].failed;
  return second == rules::Outcome::yes;
}

void City::add_quotas(RuleIndex rule, const rules::QuotaBlock& quota, RecordId version,
                      std::vector<Held>& holds) const {
  const Campaign& campaign = campaign_of(records_.at(version));
  const LocalZone& zone = *context_.reference().place(id_).zone;
  LocalDays days = days_of(campaign, zone);
  days.last = std::min(days.last, days.first + kMostDays - std::chrono::days(1));
  days.first = std::max(days.first, zone.day_of(*clock_));
  if (days.first > days.last) return;
  for (const PlaceId place : quota_places(quota, campaign, context_.reference())) {
    const std::vector<Campaigns::Id> entries = quota_entries(rule, quota, place, days);
    if (static_cast<std::int64_t>(entries.size()) <= quota.at_most) continue;
    for (LocalDay day = days.first; day <= days.last; day += std::chrono::days(1)) {
      auto held = quota_on(rule, quota, place, day, entries);
      // An entry without the field that is counted is no part of it.
      if (!held || std::find(held->behind.begin(), held->behind.end(), version) == held->behind.end()) continue;
      holds.push_back(*std::move(held));
    }
  }
}

/// Entries that count for the rule in this place on one of these days.
std::vector<Campaigns::Id> City::quota_entries(RuleIndex rule, const rules::QuotaBlock& quota, PlaceId place,
                                               LocalDays days) const {
  const LocalZone& zone = *context_.reference().place(id_).zone;
  std::vector<Campaigns::Id> entries;
  if (context_.options().full_scan) {
    entries = campaigns_.all();
    std::erase_if(entries, [&](Campaigns::Id id) {
      const auto places = quota_places(quota, campaigns_.campaign(id), context_.reference());
      return std::find(places.begin(), places.end(), place) == places.end();
    });
  } else {
    const CampaignIndex::Span span{zone.moment(days.first), zone.moment(days.last + std::chrono::days(1))};
    campaigns_.index().in_place(place, span, entries);
    std::sort(entries.begin(), entries.end());
  }
  std::erase_if(entries, [&](Campaigns::Id id) {
    const LocalDays touched = days_of(campaigns_.campaign(id), zone);
    return !counts_for(rule, id) || touched.first > days.last || touched.last < days.first;
  });
  return entries;
}

/// None when no more entries are there on this day than allowed.
std::optional<City::Held> City::quota_on(RuleIndex rule, const rules::QuotaBlock& quota, PlaceId place, LocalDay day,
                                         std::span<const Campaigns::Id> entries) const {
  const Reference& reference = context_.reference();
  const LocalZone& zone = *reference.place(id_).zone;
  std::vector<RecordId> behind;
  std::set<std::string> values;
  for (const Campaigns::Id id : entries) {
    const LocalDays touched = days_of(campaigns_.campaign(id), zone);
    if (day < touched.first || day > touched.last || day >= touched.first + kMostDays) continue;
    if (quota.distinct) {
      const auto value = field_text(records_.at(campaigns_.record(id)).kept->event(), *quota.distinct);
      if (!value) continue;
      values.insert(*value);
    }
    behind.push_back(campaigns_.record(id));
  }
  const auto count = static_cast<std::int64_t>(behind.size());
  const WindowSize size{count, quota.distinct ? static_cast<std::int64_t>(values.size()) : count};
  if (size.distinct <= quota.at_most) return std::nullopt;
  std::sort(behind.begin(), behind.end(), [&](RecordId a, RecordId b) { return records_.before(a, b); });
  const Place& where = reference.place(place);
  ScopeRef scope{day_scope(where.kind), std::nullopt, fmt::format("{}/{}", where.code, format_day(day))};
  return Held{rule, std::move(scope), zone.moment(day + std::chrono::days(1)), size, std::move(behind)};
}

/// It held through a version that is valid no longer: it ends, unless other entries make it hold.
void City::look_again(const Held& held) {
  const auto id = patterns_.find(held.rule, held.scope);
  if (!id || !patterns_.at(*id).holding) return;
  if (const auto* quota = std::get_if<rules::QuotaBlock>(&context_.rule(held.rule).block)) {
    const auto slash = held.scope.text.find('/');
    const auto place = context_.reference().find_place(held.scope.text.substr(0, slash));
    const LocalDay day = *parse_day(held.scope.text.substr(slash + 1));
    const auto entries = quota_entries(held.rule, *quota, *place, {day, day});
    if (quota_on(held.rule, *quota, *place, day, entries)) return;
  }
  end_lasting(*id, *clock_, AlertStepKind::resolved, kNoLonger);
  free_if_idle(*id);
}

/// An event made a lasting condition hold, or is part of what makes it hold.
void City::hold(const Held& held, const Event& event) {
  const PatternId id = patterns_.find_or_create(held.rule, held.scope);
  Pattern& pattern = patterns_.at(id);
  pattern.holding = true;
  pattern.holds_to = held.until;
  mark(id);
  begin(id, &event, true, held.size, held.behind);
  schedule(id);
}

/// A condition that lasted holds no longer: so does its alert, at once.
void City::end_lasting(PatternId id, TimePoint now, AlertStepKind step, const Reason& reason) {
  Pattern& pattern = patterns_.at(id);
  pattern.holding = false;
  pattern.holds_to.reset();
  pattern.wait_for_end = false;
  mark(id);
  if (pattern.episode) close(id, now, step, reason, false, nullptr);
}

}  // namespace kentongan::engine
