// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace kentongan::rules {

namespace {

struct PlaceRow {
  PlaceKind kind;
  std::string_view code, name;
  std::vector<std::uint32_t> neighbours;
};

Reference make_reference() {
  using enum PlaceKind;
  const std::vector<PlaceRow> rows{{city, "35.73", "35.73", {}},
                                   {district, "35.73.01", "Blimbing", {}},
                                   {area, "35.73.01.1001", "Balearjosari", {3}},
                                   {area, "35.73.01.1002", "Arjosari", {2, 5}},
                                   {district, "35.73.02", "Klojen", {}},
                                   {area, "35.73.02.1001", "Klojen", {3, 6, 7}},
                                   {area, "35.73.02.1002", "Samaan", {5}},
                                   {area, "35.73.02.1004", "Kiduldalem", {5}}};
  const auto zone = std::make_shared<const LocalZone>(
      "Asia/Jakarta", std::vector<LocalZone::Transition>{{TimePoint{}, std::chrono::hours(7)}});
  Reference reference;
  for (const PlaceRow& row : rows) {
    Place place;
    place.kind = row.kind;
    place.code = row.code;
    place.name = row.name;
    place.city = PlaceId(0);
    place.parent = PlaceId(row.kind == area ? (row.code.starts_with("35.73.01") ? 1U : 4U) : 0U);
    for (const auto id : row.neighbours) place.neighbours.push_back(PlaceId(id));
    place.zone = zone;
    reference.places.push_back(std::move(place));
  }
  reference.cities = {PlaceId(0)};
  reference.categories = builtin_categories();
  reference.stages = {{"pilkada2024", "campaign", *parse_day("2024-09-25"), *parse_day("2024-11-23")},
                      {"pilkada2024", "quiet_period", *parse_day("2024-11-24"), *parse_day("2024-11-26")},
                      {"pilkada2024", "voting", *parse_day("2024-11-27"), *parse_day("2024-11-27")}};
  reference.days = {{*parse_day("2024-11-27"), "holiday", "Pemungutan suara"}};
  reference.sites.push_back({"store-klojen", "Gudang Klojen", PlaceId(5), "store", std::nullopt});
  reference.roles = {"bakesbangpol", "bawaslu_kota", "camat", "lurah", "polsek"};
  reference.build_indexes();
  return reference;
}

}  // namespace

const Reference& test_reference() {
  static const Reference reference = make_reference();
  return reference;
}

Loaded load_text(std::string_view text, std::string_view name) {
  return load({{std::string(name), std::string(text)}}, test_reference());
}

std::string codes_of(const Loaded& loaded) {
  std::string codes;
  for (const Diagnostic& found : loaded.diagnostics.all) {
    if (!codes.empty()) codes += ' ';
    codes += found.severity == Severity::warning ? '[' + found.code + ']' : found.code;
  }
  return codes;
}

std::string with_rule(std::string_view lines) {
  std::string text = "version: 1\nrules:\n";
  bool first = true;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    text += (first ? "  - " : "    ") + std::string(lines.substr(0, end)) + '\n';
    first = false;
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return text;
}

}  // namespace kentongan::rules
