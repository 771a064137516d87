// SPDX-License-Identifier: Apache-2.0
// polling_stations.csv and sites.csv: what stands at a place in a kelurahan.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "rules/said/say.hpp"

#include "rules/reference_parts.hpp"

namespace kentongan::rules {
namespace {

constexpr long kMostStations = 9999;

/// Digits are padded to three, as in events.
[[nodiscard]] std::string padded(std::string tps) {
  const bool digits = std::ranges::all_of(tps, [](char c) { return c >= '0' && c <= '9'; });
  if (digits && tps.size() < 3) tps.insert(0, 3 - tps.size(), '0');
  return tps;
}

void read_counts(ReferenceTable& table, Reference& reference) {
  while (table.next()) {
    const auto area = area_in(table, "code", reference);
    const auto count = table.integer("polling_stations", 0, kMostStations);
    if (!area || !count) continue;
    const auto [entry, is_new] = reference.polling_stations.try_emplace(*area);
    if (!is_new) {
      table.error("code", "duplicate", say("kelurahan `{}` stands here twice", reference.place(*area).code),
                  "keep one of the lines");
      continue;
    }
    entry->second.reserve(static_cast<std::size_t>(*count));
    for (long number = 1; number <= *count; ++number) entry->second.push_back({fmt::format("{:03}", number), {}});
  }
}

void read_each(ReferenceTable& table, Reference& reference) {
  std::set<std::pair<PlaceId, std::string>> seen;
  while (table.next()) {
    const auto area = area_in(table, "code", reference);
    auto tps = table.text("tps");
    if (!area || !tps) continue;
    auto name = padded(std::move(*tps));
    if (!seen.emplace(*area, name).second) {
      table.error("tps", "duplicate",
                  say("polling station {} of `{}` stands here twice", name, reference.place(*area).code),
                  "keep one of the lines");
      continue;
    }
    reference.polling_stations[*area].push_back({std::move(name), table.point(true)});
  }
  for (auto& [area, stations] : reference.polling_stations) std::ranges::sort(stations, {}, &PollingStation::tps);
}

}  // namespace

void read_polling_stations(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"code"}, {"polling_stations", "tps", "lat", "lon"});
  const bool counts = table.has("polling_stations");
  if (counts == table.has("tps")) {
    findings.error(0, "missing-column", "the header names neither or both of `polling_stations` and `tps`",
                   "write code,polling_stations (a number each) or code,tps,lat,lon (a line for each station)");
    return;
  }
  counts ? read_counts(table, reference) : read_each(table, reference);
}

void read_sites(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"site", "name", "area", "kind"}, {"lat", "lon"});
  std::set<std::string> seen;
  while (table.next()) {
    auto id = table.text("site");
    auto name = table.text("name");
    const auto area = place_in(table, "area", reference);
    auto kind = table.text("kind");
    if (!id || !name || !area || !kind) continue;
    if (!seen.insert(*id).second) {
      table.error("site", "duplicate", say("site `{}` stands here twice", *id), "give each site a name of its own");
      continue;
    }
    reference.sites.push_back({std::move(*id), std::move(*name), *area, std::move(*kind), table.point(true)});
  }
}

}  // namespace kentongan::rules
