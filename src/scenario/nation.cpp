// SPDX-License-Identifier: Apache-2.0
#include "scenario/nation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "scenario/random.hpp"

namespace kentongan::scenario {
namespace {

constexpr std::uint32_t kMost = 1000;
constexpr std::uint32_t kAreasADistrict = 15;
constexpr double kCell = 0.01;  ///< degrees between two label points

std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char letter : text) quoted.append(letter == '"' ? 2 : 1, letter);
  return quoted + '"';
}

/// The texts of the files while they grow.
class Files {
 public:
  explicit Files(const Reference& model) : model_(model) {
    areas_ = "code,name,district_code,district_name,lat,lon,zone\n";
    neighbours_ = "code_a,code_b\n";
    stations_ = "code,polling_stations\n";
    sites_ = "site,name,area,kind,lat,lon\n";
  }

  /// The model's first city, its first `count` kelurahan.
  void add_model(std::size_t count) {
    const Place& city = model_.place(model_.cities.front());
    const std::vector<PlaceId> kept(city.areas.begin(), city.areas.begin() + static_cast<std::ptrdiff_t>(count));
    const auto is_kept = [&](PlaceId id) { return std::binary_search(kept.begin(), kept.end(), id); };
    for (const PlaceId id : kept) {
      const Place& area = model_.place(id);
      add_area(area.code, area.name, model_.place(area.parent).name, area.point);
      for (const PlaceId near : area.neighbours) {
        if (id < near && is_kept(near)) add_pair(area.code, model_.place(near).code);
      }
      if (const auto found = model_.polling_stations.find(id); found != model_.polling_stations.end()) {
        add_stations(area.code, found->second.size());
      }
    }
    for (const Site& site : model_.sites) {
      const bool inside = model_.place(site.area).kind == PlaceKind::area ? is_kept(site.area) : site.area == city.city;
      if (inside) add_site(site.id, site.name, model_.place(site.area).code, site.kind);
    }
  }

  void add_invented(std::uint32_t city, std::uint32_t count) {
    std::uint32_t width = 1;
    while (width * width < count) ++width;
    for (std::uint32_t n = 0; n < count; ++n) {
      const GeoPoint point{-9.5 + 0.4 * static_cast<double>(city / 32) + kCell * static_cast<double>(n / width),
                           105.0 + 0.4 * static_cast<double>(city % 32) + kCell * static_cast<double>(n % width)};
      const std::string code = invented_code(city, n);
      add_area(code, fmt::format("Kelurahan {} Kota {}", n + 1, city + 1),
               fmt::format("Kecamatan {} Kota {}", n / kAreasADistrict + 1, city + 1), point);
      if ((n + 1) % width != 0 && n + 1 < count) add_pair(code, invented_code(city, n + 1));
      if (n + width < count) add_pair(code, invented_code(city, n + width));
      add_stations(code, 15 + Random::of(city, {n}).below(30));
    }
    const std::string first = invented_code(city, 0);
    add_site(fmt::format("gudang-{}", first.substr(0, 5)), "Gudang logistik", first, "logistics_store");
  }

  [[nodiscard]] std::vector<ReferenceFile> take() && {
    std::string calendar = "election,stage,first_day,last_day\n";
    for (const Stage& stage : model_.stages) {
      calendar += fmt::format("{},{},{},{}\n", cell(stage.election), cell(stage.name), format_day(stage.first_day),
                              format_day(stage.last_day));
    }
    std::string days = "date,kind,name\n";
    for (const SpecialDay& day : model_.days) {
      days += fmt::format("{},{},{}\n", format_day(day.day), cell(day.kind), cell(day.name));
    }
    return {{"areas.csv", std::move(areas_)},
            {"neighbours.csv", std::move(neighbours_)},
            {"calendar.csv", std::move(calendar)},
            {"days.csv", std::move(days)},
            {"polling_stations.csv", std::move(stations_)},
            {"sites.csv", std::move(sites_)}};
  }

 private:
  static std::string invented_code(std::uint32_t city, std::uint32_t area) {
    return fmt::format("{:02}.{:02}.{:02}.{}", 36 + city / 80, 1 + city % 80, area / kAreasADistrict + 1,
                       1001 + area % kAreasADistrict);
  }
  [[nodiscard]] std::string_view zone() const {
    const auto& zone = model_.place(model_.cities.front()).zone;
    return zone ? std::string_view(zone->name()) : "Asia/Jakarta";
  }
  void add_area(std::string_view code, std::string_view name, std::string_view district, GeoPoint point) {
    fmt::format_to(std::back_inserter(areas_), "{},{},{},{},{:.5f},{:.5f},{}\n", code, cell(name), code.substr(0, 8),
                   cell(district), point.lat, point.lon, zone());
  }
  void add_pair(std::string_view a, std::string_view b) { neighbours_ += fmt::format("{},{}\n", a, b); }
  void add_stations(std::string_view code, std::size_t count) { stations_ += fmt::format("{},{}\n", code, count); }
  void add_site(std::string_view id, std::string_view name, std::string_view area, std::string_view kind) {
    sites_ += fmt::format("{},{},{},{},,\n", cell(id), cell(name), area, cell(kind));
  }

  const Reference& model_;
  std::string areas_, neighbours_, stations_, sites_;
};

}  // namespace

Result<std::vector<ReferenceFile>> nation_files(const Reference& model, const NationSize& size) {
  if (size.cities < 1 || size.cities > kMost || (size.areas && (*size.areas < 1 || *size.areas > kMost))) {
    return fail(Error::Kind::usage, fmt::format("cities and kelurahan of each are 1 to {}", kMost));
  }
  if (model.cities.empty()) return fail(Error::Kind::usage, "the reference data have no city to begin with");
  const auto there = static_cast<std::uint32_t>(model.place(model.cities.front()).areas.size());
  const std::uint32_t areas = size.areas.value_or(there);
  Files files(model);
  if (areas <= there) {
    files.add_model(areas);
  } else {
    files.add_invented(0, areas);
  }
  for (std::uint32_t city = 1; city < size.cities; ++city) files.add_invented(city, areas);
  return std::move(files).take();
}

}  // namespace kentongan::scenario
