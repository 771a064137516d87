// SPDX-License-Identifier: Apache-2.0
#include "engine/campaign_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "domain/folded.hpp"

namespace kentongan::engine {
namespace {

constexpr std::uint64_t kPlace = 0;
constexpr std::uint64_t kVenue = 1;
constexpr std::uint64_t kCell = 2;
/// Entries that cover too many cells to be listed in each.
constexpr std::uint64_t kWide = 3;

/// About a kilometre.
constexpr double kCellsPerDegree = 100;
constexpr std::int64_t kMostCellsOfEntry = 64;
constexpr std::int64_t kMostCellsOfSearch = 1024;

struct Cells {
  std::int64_t south, west, north, east;
  [[nodiscard]] std::int64_t count() const { return (north - south + 1) * (east - west + 1); }
  template <class Visit>
  void each(Visit visit) const {
    for (std::int64_t lat = south; lat <= north; ++lat) {
      for (std::int64_t lon = west; lon <= east; ++lon) {
        visit((static_cast<std::uint64_t>(lat) << 32U) ^ (static_cast<std::uint64_t>(lon) & 0xFFFFFFFFU));
      }
    }
  }
};

std::optional<Cells> cells_of(const GeoShape& shape, double reach_m) {
  const auto box = box_around(shape, reach_m);
  if (!box) return std::nullopt;
  const auto cell = [](double degrees) { return static_cast<std::int64_t>(std::floor(degrees * kCellsPerDegree)); };
  return Cells{cell(box->south), cell(box->west), cell(box->north), cell(box->east)};
}

int length_class(const Campaign& campaign) {
  return static_cast<int>(
      std::bit_width(static_cast<std::uint64_t>((*campaign.ends_at - *campaign.starts_at).count())));
}

}  // namespace

LocalDays days_of(const Campaign& campaign, const LocalZone& zone) {
  return {zone.day_of(*campaign.starts_at), zone.day_of(*campaign.ends_at - Duration{1})};
}

GeoShape shape_of(const Campaign& campaign) {
  return {campaign.location, campaign.route, campaign.radius_m.value_or(0)};
}

std::vector<CampaignIndex::Key> CampaignIndex::keys_of(const Campaign& campaign) const {
  std::vector<Key> keys;
  std::set<std::uint32_t> places;
  for (const PlaceId written : campaign.areas) {
    places.insert(reference_.place(written).city.value());
    if (const auto district = reference_.district_of(written)) places.insert(district->value());
    for (const PlaceId area : reference_.place(written).areas) places.insert(area.value());
  }
  for (const std::uint32_t place : places) keys.push_back({kPlace, place});
  if (campaign.venue) keys.push_back({kVenue, std::hash<std::string>{}(folded(*campaign.venue))});
  const GeoShape shape = shape_of(campaign);
  if (shape.empty()) return keys;
  const auto cells = cells_of(shape, 0);
  if (cells && cells->count() <= kMostCellsOfEntry) {
    cells->each([&](std::uint64_t cell) { keys.push_back({kCell, cell}); });
  } else {
    keys.push_back({kWide, 0});
  }
  return keys;
}

void CampaignIndex::insert(Id id, const Campaign& campaign) {
  for (const Key& key : keys_of(campaign)) starts_[key][length_class(campaign)].emplace(*campaign.starts_at, id);
}

void CampaignIndex::erase(Id id, const Campaign& campaign) {
  const int length = length_class(campaign);
  for (const Key& key : keys_of(campaign)) {
    const auto starts = starts_.find(key);
    if (starts == starts_.end()) continue;
    const auto of_length = starts->second.find(length);
    if (of_length == starts->second.end()) continue;
    of_length->second.erase({*campaign.starts_at, id});
    if (of_length->second.empty()) starts->second.erase(of_length);
    if (starts->second.empty()) starts_.erase(starts);
  }
}

void CampaignIndex::find(const Key& key, Span span, std::vector<Id>& found) const {
  const auto starts = starts_.find(key);
  if (starts == starts_.end()) return;
  for (const auto& [length, entries] : starts->second) {
    const Duration longest{std::int64_t{1} << length};
    const auto end = entries.lower_bound({span.to, 0});
    for (auto at = entries.lower_bound({span.from - longest, 0}); at != end; ++at) found.push_back(at->second);
  }
}

void CampaignIndex::in_place(PlaceId place, Span span, std::vector<Id>& found) const {
  find({kPlace, place.value()}, span, found);
}

void CampaignIndex::at_venue(std::string_view venue, Span span, std::vector<Id>& found) const {
  find({kVenue, std::hash<std::string>{}(folded(venue))}, span, found);
}

void CampaignIndex::near(const GeoShape& shape, double reach_m, PlaceId city, Span span, std::vector<Id>& found) const {
  if (shape.empty()) return;
  const auto cells = cells_of(shape, reach_m);
  if (!cells || cells->count() > kMostCellsOfSearch) {
    in_place(city, span, found);
    return;
  }
  cells->each([&](std::uint64_t cell) { find({kCell, cell}, span, found); });
  find({kWide, 0}, span, found);
}

}  // namespace kentongan::engine
