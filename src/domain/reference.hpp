// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/event.hpp"
#include "domain/ids.hpp"
#include "domain/level.hpp"
#include "domain/time.hpp"

namespace kentongan {

enum class PlaceKind : std::uint8_t { city, district, area };

/// A text in the two languages of the product. `en` may be empty; `id` (Indonesian) is the fallback.
struct LocalText {
  std::string id;
  std::string en;
};

struct Place {
  PlaceKind kind = PlaceKind::area;
  std::string code;                 ///< Kemendagri: "35.73", "35.73.02", "35.73.02.1004"
  std::string name;                 ///< of a city that the reference data do not name its code
  PlaceId city;                     ///< itself for a city
  PlaceId parent;                   ///< area -> district -> city; a city's own id
  GeoPoint point;                   ///< of an area its label point; of others the mean of their areas
  std::vector<PlaceId> areas;       ///< of a city or district: its kelurahan, by code; of an area: itself
  std::vector<PlaceId> districts;   ///< of a city: its kecamatan, by code
  std::vector<PlaceId> neighbours;  ///< of an area, by code
  std::shared_ptr<const LocalZone> zone;
};

struct Category {
  std::string id;
  LocalText title;
};

/// A stage of an election. Both days are local and inclusive.
struct Stage {
  std::string election;
  std::string name;
  LocalDay first_day;
  LocalDay last_day;
};

struct SpecialDay {
  LocalDay day;
  std::string kind;  ///< holiday, debate, ...
  std::string name;
};

struct Site {
  std::string id;
  std::string name;
  PlaceId area;
  std::string kind;
  std::optional<GeoPoint> location;
};

struct PollingStation {
  std::string tps;  ///< three digits
  std::optional<GeoPoint> location;
};

/// routing.yaml: who is told where a rule names nobody.
struct Route {
  std::vector<std::string> categories;  ///< empty: any
  Level at_least = Level::aman;
  std::vector<std::string> roles;
};

/// The facts about the places, read once from the reference directory. Immutable afterwards and
/// safe to share between threads. Texts returned as views live as long as the Reference.
class Reference {
 public:
  std::vector<Place> places;  ///< sorted by code; PlaceId is the index
  std::vector<PlaceId> cities;
  std::vector<Category> categories;
  std::vector<Stage> stages;
  std::vector<SpecialDay> days;
  std::vector<Site> sites;
  std::map<PlaceId, std::vector<PollingStation>> polling_stations;
  std::vector<Route> routes;
  std::vector<std::string> roles;  ///< of routing.yaml and roster.yaml, sorted

  /// To be called once when places and categories are complete.
  void build_indexes();

  [[nodiscard]] const Place& place(PlaceId id) const { return places[id.value()]; }
  [[nodiscard]] std::optional<PlaceId> find_place(std::string_view code) const;
  [[nodiscard]] std::optional<CategoryId> find_category(std::string_view id) const;
  [[nodiscard]] std::string_view category_name(CategoryId id) const { return categories[id.value()].id; }
  /// The kecamatan of an area or itself of a district; none for a city.
  [[nodiscard]] std::optional<PlaceId> district_of(PlaceId id) const;
  [[nodiscard]] bool contains(PlaceId outer, PlaceId inner) const;

 private:
  std::unordered_map<std::string_view, PlaceId> by_code_;
  std::unordered_map<std::string_view, CategoryId> by_category_;
};

/// The twenty built-in categories with their titles; categories.yaml adds to them.
[[nodiscard]] const std::vector<Category>& builtin_categories();

}  // namespace kentongan
