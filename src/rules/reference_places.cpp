// SPDX-License-Identifier: Apache-2.0
// areas.csv and neighbours.csv: the hierarchy of places and who lies beside whom.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "rules/reference_parts.hpp"
#include "rules/said/say.hpp"
#include "rules/zone_tables.hpp"

namespace kentongan::rules {
namespace {

constexpr std::string_view kDefaultZone = "Asia/Jakarta";
// Codes of the ministry of home affairs: province, regency, kecamatan, kelurahan.
constexpr std::string_view kDistrictShape = "00.00.00";
constexpr std::string_view kAreaShape = "00.00.00.0000";
constexpr std::size_t kCityLength = 5;
constexpr std::size_t kDistrictLength = 8;

[[nodiscard]] bool has_shape(std::string_view code, std::string_view shape) {
  return std::ranges::equal(code, shape, [](char c, char s) { return s == '0' ? c >= '0' && c <= '9' : c == s; });
}

struct AreaRow {
  std::string code, name, district_code, district_name, zone;
  GeoPoint point;
};

/// Collects the rows of areas.csv, and holds what rows of one kecamatan or city must agree on.
class AreaRows {
 public:
  AreaRows(ReferenceTable& table, ZoneTables& zones) : table_(table), zones_(zones) {}

  void read_row() {
    auto code = table_.text("code");
    auto name = table_.text("name");
    auto district_code = table_.text("district_code");
    auto district_name = table_.text("district_name");
    const auto point = table_.point(false);
    if (!code || !name || !district_code || !district_name || !point) return;
    if (!codes_are_good(*code, *district_code)) return;
    AreaRow row{std::move(*code),
                std::move(*name),
                std::move(*district_code),
                std::move(*district_name),
                std::string(table_.empty("zone") ? kDefaultZone : table_.raw("zone")),
                *point};
    if (!agrees(row)) return;
    rows_.emplace(row.code, std::move(row));
  }

  [[nodiscard]] const std::map<std::string, AreaRow>& rows() const { return rows_; }

 private:
  [[nodiscard]] bool codes_are_good(const std::string& code, const std::string& district) {
    if (!has_shape(code, kAreaShape)) {
      table_.error("code", "bad-code", say("`{}` is not the code of a kelurahan", code),
                   "write PP.KK.CC.VVVV, such as 35.73.02.1004");
      return false;
    }
    if (!has_shape(district, kDistrictShape)) {
      table_.error("district_code", "bad-code", say("`{}` is not the code of a kecamatan", district),
                   "write PP.KK.CC, such as 35.73.02");
      return false;
    }
    if (!code.starts_with(district)) {
      table_.error("district_code", "wrong-district",
                   say("kecamatan `{}` does not contain kelurahan `{}`", district, code),
                   say("its kecamatan is {}", code.substr(0, kDistrictLength)));
      return false;
    }
    if (rows_.contains(code)) {
      table_.error("code", "duplicate", say("kelurahan `{}` stands here twice", code), "keep one of the lines");
      return false;
    }
    return true;
  }

  [[nodiscard]] bool agrees(const AreaRow& row) {
    const auto& district = district_names_.emplace(row.district_code, row.district_name).first->second;
    if (district != row.district_name) {
      table_.error(
          "district_name", "two-names",
          say("kecamatan {} is called `{}` here and `{}` above", row.district_code, row.district_name, district),
          "give it one name");
      return false;
    }
    if (const auto zone = zones_.find(row.zone); !zone) {
      table_.error("zone", "unknown-zone",
                   zone.error().kind == Error::Kind::usage
                       ? say("`{}` is not a time zone of the tz database", row.zone)
                       : say("the time zones of the system cannot be read: {}", zone.error().message),
                   "write a name such as Asia/Jakarta or Asia/Makassar");
      return false;
    }
    const auto city = row.code.substr(0, kCityLength);
    const auto& city_zone = city_zones_.emplace(city, row.zone).first->second;
    if (city_zone != row.zone) {
      table_.error("zone", "two-zones", say("city {} lies in zone {} above and in {} here", city, city_zone, row.zone),
                   "give all kelurahan of a city the same zone");
      return false;
    }
    return true;
  }

  ReferenceTable& table_;
  ZoneTables& zones_;
  std::map<std::string, AreaRow> rows_;
  std::map<std::string, std::string> district_names_;
  std::map<std::string, std::string> city_zones_;
};

[[nodiscard]] GeoPoint middle_of(const kentongan::Place& place, const Reference& reference) {
  GeoPoint sum;
  for (const auto area : place.areas) {
    sum.lat += reference.place(area).point.lat;
    sum.lon += reference.place(area).point.lon;
  }
  const auto count = static_cast<double>(place.areas.size());
  return {sum.lat / count, sum.lon / count};
}

/// Takes rows in the order of their codes. A place's code is the beginning of its parts' codes, so the
/// places come about in the order of theirs: a city before its kecamatan, a kecamatan before its kelurahan.
class PlaceBuilder {
 public:
  PlaceBuilder(ZoneTables& zones, Reference& reference) : zones_(zones), reference_(reference) {}

  void add(const AreaRow& row) {
    const auto city_code = row.code.substr(0, kCityLength);
    if (code_of(city_) != city_code) {
      city_ = add(PlaceKind::city, city_code, city_code, row);
      reference_.cities.push_back(*city_);
    }
    if (code_of(district_) != row.district_code) {
      district_ = add(PlaceKind::district, row.district_code, row.district_name, row);
      at(*city_).districts.push_back(*district_);
    }
    const auto area = add(PlaceKind::area, row.code, row.name, row);
    at(area).point = row.point;
    for (const auto holder : {*city_, *district_, area}) at(holder).areas.push_back(area);
  }

 private:
  [[nodiscard]] kentongan::Place& at(PlaceId id) { return reference_.places[id.value()]; }
  [[nodiscard]] std::string_view code_of(std::optional<PlaceId> id) {
    return id ? std::string_view(at(*id).code) : std::string_view();
  }

  PlaceId add(PlaceKind kind, std::string code, std::string name, const AreaRow& row) {
    const PlaceId id(static_cast<std::uint32_t>(reference_.places.size()));
    kentongan::Place place;
    place.kind = kind;
    place.code = std::move(code);
    place.name = std::move(name);
    place.city = kind == PlaceKind::city ? id : *city_;
    place.parent = kind == PlaceKind::area ? *district_ : place.city;
    place.zone = zones_.find(row.zone).value_or(nullptr);
    reference_.places.push_back(std::move(place));
    return id;
  }

  ZoneTables& zones_;
  Reference& reference_;
  std::optional<PlaceId> city_;
  std::optional<PlaceId> district_;
};

void build_places(const std::map<std::string, AreaRow>& rows, ZoneTables& zones, Reference& reference) {
  PlaceBuilder builder(zones, reference);
  for (const auto& [code, row] : rows) builder.add(row);
  for (auto& place : reference.places) {
    if (place.kind != PlaceKind::area) place.point = middle_of(place, reference);
  }
}

}  // namespace

void read_areas(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"code", "name", "district_code", "district_name", "lat", "lon"}, {"zone"});
  ZoneTables zones;
  AreaRows rows(table, zones);
  while (table.next()) rows.read_row();
  if (any_error(findings)) return;
  if (rows.rows().empty()) {
    findings.error(0, "no-areas", "there is no kelurahan in this file", "add a line for each kelurahan");
    return;
  }
  build_places(rows.rows(), zones, reference);
}

std::optional<PlaceId> place_in(ReferenceTable& table, std::string_view column, const Reference& reference) {
  const auto code = table.text(column);
  if (!code) return std::nullopt;
  const auto place = reference.find_place(*code);
  if (!place) {
    table.error(column, "unknown-area", say("`{}` is not a code of areas.csv", *code),
                "correct the code, or add the kelurahan to areas.csv");
  }
  return place;
}

std::optional<PlaceId> area_in(ReferenceTable& table, std::string_view column, const Reference& reference) {
  const auto place = place_in(table, column, reference);
  if (!place || reference.place(*place).kind == PlaceKind::area) return place;
  table.error(column, "unknown-area", say("`{}` is not a kelurahan", reference.place(*place).code),
              "name a kelurahan here, such as 35.73.02.1004");
  return std::nullopt;
}

void read_neighbours(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"code_a", "code_b"});
  std::set<std::pair<PlaceId, PlaceId>> pairs;
  while (table.next()) {
    const auto a = area_in(table, "code_a", reference);
    const auto b = area_in(table, "code_b", reference);
    if (!a || !b) continue;
    const kentongan::Place& place_a = reference.place(*a);
    const kentongan::Place& place_b = reference.place(*b);
    if (*a == *b) {
      table.error("code_b", "self-neighbour", say("`{}` stands as its own neighbour", place_a.code), "remove the line");
    } else if (!pairs.emplace(*a, *b).second) {
      table.error("code_a", "duplicate", say("`{}` and `{}` stand here twice", place_a.code, place_b.code),
                  "keep one of the lines");
    } else if (place_a.city != place_b.city) {
      table.warning("code_b", "other-city",
                    say("`{}` and `{}` lie in two cities; risk does not spill across a city's border", place_a.code,
                        place_b.code),
                    "the line has no effect and can be removed");
      pairs.erase({*a, *b});
    }
  }
  for (const auto& [a, b] : pairs) {
    reference.places[a.value()].neighbours.push_back(b);
    if (!pairs.contains({b, a})) reference.places[b.value()].neighbours.push_back(a);
  }
  for (auto& place : reference.places) std::ranges::sort(place.neighbours);
}

}  // namespace kentongan::rules
