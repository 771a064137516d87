// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "domain/event.hpp"
#include "domain/geo.hpp"
#include "domain/reference.hpp"

namespace kentongan::engine {

/// The local days that an entry touches; an entry that ends at midnight does not touch the day that begins then.
struct LocalDays {
  LocalDay first, last;
};
[[nodiscard]] LocalDays days_of(const Campaign& campaign, const LocalZone& zone);

/// A location or route with its radius.
[[nodiscard]] GeoShape shape_of(const Campaign& campaign);

/// Campaign entries of a city by place and time. Every search finds all entries that are there at that time, and may
/// find a few more: whoever asks looks at each. Entries have a start and an end.
class CampaignIndex {
 public:
  using Id = std::uint32_t;
  /// What a search covers: [from, to).
  struct Span {
    TimePoint from, to;
  };

  explicit CampaignIndex(const Reference& reference) : reference_(reference) {}

  void insert(Id id, const Campaign& campaign);
  /// With the same campaign as it was inserted.
  void erase(Id id, const Campaign& campaign);

  /// Appends to `found`; an entry may come more than once.
  void in_place(PlaceId place, Span span, std::vector<Id>& found) const;
  void at_venue(std::string_view venue, Span span, std::vector<Id>& found) const;
  /// Entries of any place at most `reach_m` from the shape.
  void near(const GeoShape& shape, double reach_m, PlaceId city, Span span, std::vector<Id>& found) const;

 private:
  struct Key {
    std::uint64_t kind, value;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<std::uint64_t>{}((key.value * 0x9E3779B97F4A7C15ULL) ^ (key.kind << 61U));
    }
  };
  /// By class of length (those shorter than 2^class ms), then by start: a search looks only 2^class further back.
  using Starts = std::map<int, std::set<std::pair<TimePoint, Id>>>;

  [[nodiscard]] std::vector<Key> keys_of(const Campaign& campaign) const;
  void find(const Key& key, Span span, std::vector<Id>& found) const;

  const Reference& reference_;
  std::unordered_map<Key, Starts, KeyHash> starts_;
};

}  // namespace kentongan::engine
