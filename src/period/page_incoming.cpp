// SPDX-License-Identifier: Apache-2.0
// What came in, and how good it was.
#include <fmt/format.h>

#include <algorithm>

#include "period/page_parts.hpp"

namespace kentongan::period {
namespace {

using Entry = std::pair<std::string, Count>;

/// The largest first; equal ones as they came.
Table ranked(std::string title, std::vector<Entry> entries, Count all, std::size_t most, const Words& words) {
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.second > b.second; });
  Table table{{std::move(title), words("jumlah", "number"), words("bagian", "share")}, {}};
  Count rest = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i >= most) {
      rest += entries[i].second;
    } else if (entries[i].second > 0) {
      table.rows.push_back({entries[i].first, words.number(entries[i].second), words.share(entries[i].second, all)});
    }
  }
  if (rest > 0) table.rows.push_back({words("lainnya", "others"), words.number(rest), words.share(rest, all)});
  return table;
}

Bars daily_reports(const Told& told, const Words& words) {
  const Incoming& incoming = told.figures.incoming;
  std::vector<Count> others = incoming.reports_by_day;
  for (std::size_t i = 0; i < others.size(); ++i) others[i] -= incoming.incidents_by_day[i];
  return {words("Laporan masuk", "Reports that came in"),
          day_labels(told, words),
          {{words("kejadian", "incidents"), "#20638f", in_bars(incoming.incidents_by_day)},
           {words("informasi dan rekomendasi", "information and recommendations"), "#a9c9dd", in_bars(others)}}};
}

}  // namespace

Section incoming_section(const Told& told, const Words& words, const Lengths& lengths) {
  const Incoming& incoming = told.figures.incoming;
  Section section{words("Yang masuk", "What came in"), {}, {}, {daily_reports(told, words)}, {}, true, true};
  std::vector<Entry> kinds, athg, categories, roles;
  for (std::size_t i = 0; i < incoming.kinds.size(); ++i) {
    kinds.emplace_back(words.kind(static_cast<ReportKind>(i)), incoming.kinds[i]);
  }
  for (std::size_t i = 0; i < incoming.athg.size(); ++i) athg.emplace_back(words.athg(i), incoming.athg[i]);
  for (const auto& [category, count] : incoming.categories) {
    categories.emplace_back(words(told.reference.categories[category.value()].title), count);
  }
  for (const auto& [role, count] : incoming.roles) roles.emplace_back(words.role(role), count);
  section.tables.push_back(
      ranked(words("Kategori", "Category"), categories, incoming.reports(), lengths.categories, words));
  section.tables.push_back(ranked(words("Pelapor", "Reporter"), roles, incoming.reports(), lengths.roles, words));
  section.tables.push_back(ranked(words("Jenis", "Kind"), kinds, incoming.reports(), kinds.size(), words));
  section.tables.push_back(
      ranked(words("ATHG kejadian", "ATHG of incidents"), athg, incoming.kinds[0], athg.size(), words));
  return section;
}

Section quality_section(const Told& told, const Words& words, const Lengths& lengths) {
  const Incoming& incoming = told.figures.incoming;
  Section section{words("Mutu data", "Quality of the data"), {}, {}, {}, {}, false};
  if (!told.figures.inputs_known && incoming.read() == 0) {
    section.lines.push_back(words("Tidak ada yang ditolak.", "Nothing was refused."));
    return section;
  }
  Table all{{words("Dari yang dibaca", "Of what was read"), words("jumlah", "number"), words("bagian", "share")}, {}};
  const auto row = [&](Table& table, std::string name, Count count, Count of) {
    table.rows.push_back({std::move(name), words.number(count), words.share(count, of)});
  };
  if (told.figures.inputs_known) {
    row(all, words("dibaca", "read"), incoming.read(), incoming.read());
    for (const Verdict verdict : {Verdict::applied, Verdict::late, Verdict::duplicate, Verdict::dead_letter}) {
      row(all, words.verdict(verdict), incoming.verdicts[static_cast<std::size_t>(verdict)], incoming.read());
    }
    section.tables.push_back(all);
    Table reports{{words("Dari laporan", "Of the reports"), words("jumlah", "number"), words("bagian", "share")}, {}};
    row(reports, words("diralat", "corrections"), incoming.corrections, incoming.reports());
    row(reports, words("dibantah", "refutations"), incoming.refutations, incoming.reports());
    row(reports, words("terverifikasi", "verified"), incoming.verified, incoming.reports());
    row(reports, words("tanpa titik lokasi", "without a location"), incoming.without_location, incoming.reports());
    section.tables.push_back(reports);
  }
  std::vector<Entry> dead;
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    dead.emplace_back(words.reason(static_cast<RejectReason>(i)), incoming.dead_letters[i]);
  }
  const Count refused = incoming.verdicts[static_cast<std::size_t>(Verdict::dead_letter)];
  Table why = ranked(words("Alasan ditolak", "Why refused"), dead, refused, lengths.reasons, words);
  if (!why.rows.empty()) section.tables.push_back(std::move(why));
  return section;
}

}  // namespace kentongan::period
