// SPDX-License-Identifier: Apache-2.0
// What clash and quota rules compare an entry with.
#include <algorithm>

#include "engine/clash.hpp"
#include "engine/insight.hpp"

namespace kentongan::engine {
namespace {

constexpr std::size_t kMostNames = 20;
/// An entry of many days is looked at day by day, as far as quotas count it.
constexpr std::chrono::days kMostDays{366};

bool has_times(const Campaign& campaign) {
  return campaign.status != CampaignStatus::cancelled && campaign.starts_at && campaign.ends_at;
}

}  // namespace

/// `version`: a record with a plan.
Holding Insight::of_campaign(RuleIndex rule, RecordId version) const {
  const rules::Block& block = city_.context_.rule(rule).block;
  Holding holding;
  holding.clock = *city_.clock_;
  const Campaign& campaign = campaign_of(city_.records_.at(version));
  holding.scope = {ScopeKind::campaign, std::string(campaign.campaign)};
  if (!has_times(campaign)) return holding;
  if (std::holds_alternative<rules::ClashBlock>(block)) {
    ClashHeld held = clash_of(rule, version);
    holding.enough = !held.meet.empty();
    holding.more = std::move(held);
    return holding;
  }
  if (auto held = quota_of(rule, version)) {
    holding.size = held->size;
    holding.enough = held->size.distinct > std::get<rules::QuotaBlock>(block).at_most;
    holding.more = *std::move(held);
  }
  return holding;
}

ClashHeld Insight::clash_of(RuleIndex rule, RecordId version) const {
  const auto& clash = std::get<rules::ClashBlock>(city_.context_.rule(rule).block);
  const Reference& reference = city_.context_.reference();
  const Campaign& campaign = campaign_of(city_.records_.at(version));
  ClashHeld held;
  std::size_t over = 0;
  for (const Campaigns::Id id : city_.campaigns_.all()) {
    const RecordId other = city_.campaigns_.record(id);
    if (other == version || !city_.counts_for(rule, id)) continue;
    const Campaign& with = city_.campaigns_.campaign(id);
    const bool near_it = near(clash, campaign, with, reference);
    const bool together = at_one_time(clash, campaign, with, reference);
    ++held.others;
    held.near += near_it ? 1 : 0;
    held.at_one_time += together ? 1 : 0;
    if (!near_it || !together) continue;
    ++held.both;
    if (std::max(*campaign.ends_at, *with.ends_at) <= *city_.clock_) {
      ++over;
    } else if ((clash.when == nullptr || city_.pair_holds(rule, *clash.when, version, other)) &&
               held.meet.size() < kMostNames) {
      held.meet.emplace_back(with.campaign);
    }
  }
  held.past = over > 0 && over == held.both;
  return held;
}

std::optional<QuotaHeld> Insight::quota_of(RuleIndex rule, RecordId version) const {
  rules::QuotaBlock quota = std::get<rules::QuotaBlock>(city_.context_.rule(rule).block);
  // Asked as if nothing were allowed, each day and place tells how many it has.
  quota.at_most = 0;
  const Reference& reference = city_.context_.reference();
  const LocalZone& zone = city_.zone();
  const Campaign& campaign = campaign_of(city_.records_.at(version));
  LocalDays days = days_of(campaign, zone);
  days.last = std::min(days.last, days.first + kMostDays - std::chrono::days(1));
  days.first = std::max(days.first, zone.day_of(*city_.clock_));
  std::optional<QuotaHeld> fullest;
  for (const PlaceId area : kelurahan_of(campaign, reference)) {
    PlaceId place = area;
    while (reference.place(place).kind != quota.per) place = reference.place(place).parent;
    if (days.first > days.last) break;
    const auto entries = city_.quota_entries(rule, quota, place, days);
    for (LocalDay day = days.first; day <= days.last; day += std::chrono::days(1)) {
      const auto held = city_.quota_on(rule, quota, place, day, entries);
      if (!held || (fullest && held->size.distinct <= fullest->size.distinct)) continue;
      fullest = QuotaHeld{reference.place(place).code, day, held->size};
    }
  }
  return fullest;
}

}  // namespace kentongan::engine
