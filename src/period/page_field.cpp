// SPDX-License-Identifier: Apache-2.0
// Places, logistics and coverage.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "period/page_parts.hpp"

namespace kentongan::period {
namespace {

constexpr std::size_t kMostDistricts = 120;

Count sum_of(const ByLevel& levels) { return std::accumulate(levels.begin(), levels.end(), Count{0}); }

struct PlaceRow {
  Count reports = 0, incidents = 0, alerts = 0, silent = 0;
  Level highest = Level::aman;
};

PlaceRow row_of(const Told& told, PlaceId place) {
  PlaceRow row;
  const auto found = told.figures.places.find(place);
  if (found == told.figures.places.end()) return row;
  row.reports = found->second.reports;
  row.incidents = found->second.incidents;
  row.alerts = sum_of(found->second.alerts);
  row.highest = found->second.highest;
  return row;
}

/// A kecamatan or city with all of its alerts.
PlaceRow row_with_areas(const Told& told, PlaceId place) {
  PlaceRow row = row_of(told, place);
  for (const PlaceId area : told.reference.place(place).areas) {
    const PlaceRow of = row_of(told, area);
    row.alerts += of.alerts;
    row.silent += of.reports == 0 ? 1 : 0;
    row.highest = std::max(row.highest, of.highest);
  }
  return row;
}

std::vector<std::string> cells(const Told& told, const Words& words, std::string name, const PlaceRow& row) {
  std::vector<std::string> out{std::move(name)};
  if (told.figures.inputs_known) {
    out.push_back(words.number(row.reports));
    out.push_back(words.number(row.incidents));
  }
  out.push_back(words.number(row.alerts));
  out.push_back(words.level(row.highest));
  return out;
}

std::vector<std::string> columns(const Told& told, const Words& words, std::string first) {
  std::vector<std::string> out{std::move(first)};
  if (told.figures.inputs_known) {
    out.push_back(words("laporan", "reports"));
    out.push_back(words("kejadian", "incidents"));
  }
  out.push_back(words("peringatan", "alerts"));
  out.push_back(words("tertinggi", "highest"));
  return out;
}

Table district_table(const Told& told, const Words& words) {
  Table table{columns(told, words, words("Kecamatan", "Kecamatan")), {}};
  if (told.figures.inputs_known) table.columns.push_back(words("kelurahan diam", "silent kelurahan"));
  for (const Place& place : told.reference.places) {
    if (place.kind != PlaceKind::district || table.rows.size() == kMostDistricts) continue;
    const auto id = told.reference.find_place(place.code);
    const PlaceRow row = row_with_areas(told, *id);
    table.rows.push_back(cells(told, words, place_name(told, *id), row));
    if (told.figures.inputs_known) table.rows.back().push_back(words.number(row.silent));
  }
  return table;
}

/// Those with the highest levels and most alerts first.
std::vector<PlaceId> areas_in_order(const Told& told) {
  std::vector<PlaceId> areas;
  for (std::uint32_t i = 0; i < told.reference.places.size(); ++i) {
    if (told.reference.places[i].kind == PlaceKind::area) areas.emplace_back(i);
  }
  std::stable_sort(areas.begin(), areas.end(), [&](PlaceId a, PlaceId b) {
    const PlaceRow x = row_of(told, a), y = row_of(told, b);
    return std::tuple(x.highest, x.alerts, x.incidents) > std::tuple(y.highest, y.alerts, y.incidents);
  });
  return areas;
}

using Ready = std::pair<Count, Count>;  ///< polling stations that are ready, of how many

std::vector<std::string> area_row(const Told& told, const Words& words, std::string name, const PlaceRow& row,
                                  const std::optional<Ready>& ready) {
  std::vector<std::string> cells_of = cells(told, words, std::move(name), row);
  cells_of.push_back(ready ? fmt::format("{}/{}", ready->first, ready->second) : "-");
  return cells_of;
}

/// All kelurahan that have no row of their own.
std::vector<std::string> rest_of(const Told& told, const Words& words, const std::vector<PlaceId>& areas) {
  PlaceRow sum;
  std::optional<Ready> ready;
  for (const PlaceId area : areas) {
    const PlaceRow row = row_of(told, area);
    sum.reports += row.reports;
    sum.incidents += row.incidents;
    sum.alerts += row.alerts;
    sum.highest = std::max(sum.highest, row.highest);
    const auto found = told.figures.coverage.by_area.find(area);
    if (found == told.figures.coverage.by_area.end()) continue;
    if (!ready) ready.emplace();
    ready->first += found->second.first;
    ready->second += found->second.second;
  }
  return area_row(told, words, others(areas.size(), words), sum, ready);
}

}  // namespace

Section place_section(const Told& told, const Words& words, const Lengths& lengths) {
  Section section{words("Kecamatan dan kelurahan", "Kecamatan and kelurahan"), {}, {}, {}, {}, true};
  section.tables.push_back(district_table(told, words));
  section.tables.back().broad = true;
  const std::vector<PlaceId> areas = areas_in_order(told);
  const std::size_t shown = areas.size() > lengths.areas + 1 ? lengths.areas : areas.size();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < shown; ++i) {
    const auto ready = told.figures.coverage.by_area.find(areas[i]);
    const bool known = ready != told.figures.coverage.by_area.end();
    rows.push_back(area_row(told, words, place_name(told, areas[i]), row_of(told, areas[i]),
                            known ? std::optional(ready->second) : std::nullopt));
  }
  if (shown < areas.size())
    rows.push_back(rest_of(told, words, {areas.begin() + static_cast<std::ptrdiff_t>(shown), areas.end()}));
  const std::size_t half = (rows.size() + 1) / 2;
  for (std::size_t from = 0; from < rows.size(); from += half) {
    Table table{columns(told, words, "Kelurahan"), {}, false};
    table.columns.push_back(words("TPS siap", "stations ready"));
    for (std::size_t i = from; i < std::min(from + half, rows.size()); ++i) table.rows.push_back(std::move(rows[i]));
    section.tables.push_back(std::move(table));
  }
  return section;
}

Section logistics_section(const Told& told, const Words& words) {
  const Logistics& logistics = told.figures.logistics;
  Section section{words("Jadwal dan logistik", "Schedules and logistics"), {}, {}, {}, {}, false};
  Table campaigns{{words("Jadwal kampanye", "Campaign entries"), words("jumlah", "number")}, {}};
  campaigns.rows.push_back({words("masuk atau diubah", "entered or changed"), words.number(told.figures.campaigns)});
  campaigns.rows.push_back({words("dibatalkan", "cancelled"), words.number(told.figures.cancelled_campaigns)});
  section.tables.push_back(campaigns);
  if (logistics.consignments == 0) {
    section.lines.push_back(words("Tidak ada kiriman logistik.", "No consignment was on its way."));
    return section;
  }
  Table table{{words("Kiriman", "Consignments"), words("jumlah", "number")}, {}};
  const auto row = [&](std::string name, Count count) { table.rows.push_back({std::move(name), words.number(count)}); };
  row(words("tercatat", "seen"), logistics.consignments);
  row(words("tiba terlambat", "arrived late"), logistics.late);
  row(words("ditunggu dan belum tiba", "due and not there"), logistics.missing);
  row(words("segel rusak atau kurang", "broken or missing seals"), logistics.broken_seals);
  row(words("jumlah berkurang", "fewer than before"), logistics.short_count);
  for (std::size_t i = 0; i < logistics.last_step.size(); ++i) {
    if (logistics.last_step[i] == 0) continue;
    row(fmt::format("{}: {}", words("langkah terakhir", "last step"), words.step(static_cast<ConsignmentStep>(i))),
        logistics.last_step[i]);
  }
  section.tables.push_back(std::move(table));
  return section;
}

Section coverage_section(const Told& told, const Words& words, const Lengths& lengths) {
  const Coverage& coverage = told.figures.coverage;
  Section section{words("Cakupan", "Coverage"), {}, {}, {}, {}, false};
  if (coverage.silent.empty()) {
    section.lines.push_back(words("Semua kelurahan mengirim laporan.", "Every kelurahan sent a report."));
  } else {
    std::string names;
    for (std::size_t i = 0; i < coverage.silent.size() && i < lengths.silent; ++i) {
      names += (i == 0 ? "" : ", ") + place_name(told, coverage.silent[i]);
    }
    if (coverage.silent.size() > lengths.silent) names += ", ..";
    section.lines.push_back(fmt::format("{} ({}): {}.", words("Tanpa laporan sama sekali", "Without any report"),
                                        words.number(coverage.silent.size()), names));
  }
  Table table{
      {words("Tempat pemungutan suara", "Polling stations"), words("jumlah", "number"), words("bagian", "share")}, {}};
  const auto row = [&](std::string name, Count count, Count of) {
    table.rows.push_back({std::move(name), words.number(count), words.share(count, of)});
  };
  row(words("dilaporkan kesiapannya", "told of their readiness"), coverage.seen, coverage.stations);
  row(words("siap: polisi, Linmas, listrik, lokasi", "ready: police, Linmas, power, location"), coverage.ready,
      coverage.seen);
  row(words("kurang polisi atau Linmas", "without police or Linmas"), coverage.unguarded, coverage.seen);
  row(words("tanpa listrik", "without power"), coverage.without_power, coverage.seen);
  row(words("tanpa lokasi", "without a location"), coverage.without_location, coverage.seen);
  if (coverage.eligible > 0) {
    row(words("calon pemilih tanpa KTP", "voters without a card"), coverage.without_card, coverage.eligible);
  }
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace kentongan::period
