// SPDX-License-Identifier: Apache-2.0
#include "engine/clash.hpp"

#include <algorithm>

#include "domain/folded.hpp"

namespace kentongan::engine {
namespace {

/// A micrometre: what the last digits of a computed distance are worth.
constexpr double kRounding = 1e-6;

const LocalZone& zone_of(const Campaign& campaign, const Reference& reference) {
  return *reference.place(campaign.areas.front()).zone;
}

PlaceId city_of(const Campaign& campaign, const Reference& reference) {
  return reference.place(campaign.areas.front()).city;
}

bool share_area(const Campaign& a, const Campaign& b, const Reference& reference) {
  return std::any_of(a.areas.begin(), a.areas.end(), [&](PlaceId one) {
    return std::any_of(b.areas.begin(), b.areas.end(),
                       [&](PlaceId other) { return reference.contains(one, other) || reference.contains(other, one); });
  });
}

bool share_venue(const Campaign& a, const Campaign& b) {
  if (!a.venue || !b.venue) return false;
  const std::string venue = folded(*a.venue);
  return !venue.empty() && venue == folded(*b.venue);
}

bool share(rules::SamePlace what, const Campaign& a, const Campaign& b, const Reference& reference) {
  switch (what) {
    case rules::SamePlace::area:
      return share_area(a, b, reference);
    case rules::SamePlace::venue:
      return share_venue(a, b);
    case rules::SamePlace::city:
      return city_of(a, reference) == city_of(b, reference);
  }
  return false;
}

/// When another entry must be there to meet this one.
CampaignIndex::Span span_of(const rules::ClashBlock& clash, const Campaign& campaign, const Reference& reference) {
  if (!clash.same_day) return {*campaign.starts_at - clash.gap, *campaign.ends_at + clash.gap};
  const LocalZone& zone = zone_of(campaign, reference);
  const LocalDays days = days_of(campaign, zone);
  return {zone.moment(days.first), zone.moment(days.last + std::chrono::days(1))};
}

}  // namespace

bool near(const rules::ClashBlock& clash, const Campaign& a, const Campaign& b, const Reference& reference) {
  if (clash.same && share(*clash.same, a, b, reference)) return true;
  if (!clash.within_m) return false;
  const auto apart = distance(shape_of(a), shape_of(b));
  return apart && *apart <= *clash.within_m + kRounding;
}

bool at_one_time(const rules::ClashBlock& clash, const Campaign& a, const Campaign& b, const Reference& reference) {
  if (!clash.same_day) return *a.starts_at < *b.ends_at + clash.gap && *b.starts_at < *a.ends_at + clash.gap;
  const LocalDays one = days_of(a, zone_of(a, reference));
  const LocalDays other = days_of(b, zone_of(b, reference));
  return one.first <= other.last && other.first <= one.last;
}

bool meet(const rules::ClashBlock& clash, const Campaign& a, const Campaign& b, const Reference& reference) {
  return at_one_time(clash, a, b, reference) && near(clash, a, b, reference);
}

std::vector<CampaignIndex::Id> may_meet(const rules::ClashBlock& clash, const Campaign& campaign,
                                        const CampaignIndex& index, const Reference& reference) {
  std::vector<CampaignIndex::Id> found;
  const CampaignIndex::Span span = span_of(clash, campaign, reference);
  const PlaceId city = city_of(campaign, reference);
  if (clash.same == rules::SamePlace::city) {
    index.in_place(city, span, found);
  } else if (clash.same == rules::SamePlace::area) {
    for (const PlaceId area : kelurahan_of(campaign, reference)) index.in_place(area, span, found);
  } else if (clash.same == rules::SamePlace::venue && campaign.venue) {
    index.at_venue(*campaign.venue, span, found);
  }
  if (clash.within_m) index.near(shape_of(campaign), *clash.within_m + kRounding, city, span, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<PlaceId> kelurahan_of(const Campaign& campaign, const Reference& reference) {
  std::vector<PlaceId> areas;
  for (const PlaceId written : campaign.areas) {
    const auto& covered = reference.place(written).areas;
    areas.insert(areas.end(), covered.begin(), covered.end());
  }
  std::sort(areas.begin(), areas.end());
  areas.erase(std::unique(areas.begin(), areas.end()), areas.end());
  return areas;
}

}  // namespace kentongan::engine
