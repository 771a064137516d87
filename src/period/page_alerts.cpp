// SPDX-License-Identifier: Apache-2.0
// What was alerted, how it was answered, and how the levels went.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "period/page_parts.hpp"

namespace kentongan::period {
namespace {

constexpr std::array<const char*, kLevels> kColours{"#e6ebe8", "#efbf2d", "#e9772b", "#b3261e"};

Count sum_of(const ByLevel& levels) { return std::accumulate(levels.begin(), levels.end(), Count{0}); }

Bars daily_alerts(const Told& told, const Words& words) {
  Bars bars{words("Peringatan menurut tingkat saat berbunyi", "Alerts by the level at which they fired"),
            day_labels(told, words),
            {}};
  for (std::size_t level = kLevels; level-- > 1;) {
    std::vector<Count> days;
    for (const ByLevel& day : told.figures.alerts.by_day) days.push_back(day[level]);
    bars.parts.push_back({words.level(static_cast<Level>(level)), kColours[level], in_bars(days)});
  }
  return bars;
}

std::vector<std::string> family_row(std::string name, const FamilyFigures& family, const Words& words) {
  return {std::move(name),
          words.number(family.alerts[3]),
          words.number(family.alerts[2]),
          words.number(family.alerts[1]),
          words.number(family.answered),
          words.number(family.escalated),
          words.number(family.false_alarms),
          words.minutes(family.symptom.quantile(0.5))};
}

void add_to(FamilyFigures& sum, const FamilyFigures& family) {
  for (std::size_t level = 0; level < kLevels; ++level) sum.alerts[level] += family.alerts[level];
  sum.answered += family.answered;
  sum.escalated += family.escalated;
  sum.false_alarms += family.false_alarms;
}

Table family_table(const Alerts& alerts, const Words& words, std::size_t most) {
  Table table{
      {words("Kelompok aturan", "Family of rules"), "awas", "siaga", "waspada", words("dijawab", "answered"),
       words("diteruskan", "escalated"), words("keliru", "false"), words("gejala ke peringatan", "symptom to alert")},
      {}};
  std::vector<std::pair<std::string, const FamilyFigures*>> families;
  for (const auto& [name, family] : alerts.families) families.emplace_back(words.family(name), &family);
  std::stable_sort(families.begin(), families.end(),
                   [](const auto& a, const auto& b) { return sum_of(a.second->alerts) > sum_of(b.second->alerts); });
  const std::size_t shown = families.size() > most + 1 ? most : families.size();
  FamilyFigures rest;
  for (std::size_t i = 0; i < families.size(); ++i) {
    const FamilyFigures& family = *families[i].second;
    if (i < shown) table.rows.push_back(family_row(families[i].first, family, words));
    if (i >= shown) add_to(rest, family);
  }
  if (shown < families.size()) table.rows.push_back(family_row(others(families.size() - shown, words), rest, words));
  return table;
}

std::string rules_line(const Told& told, const Words& words) {
  constexpr std::size_t kMost = 6;
  std::vector<std::pair<std::string, Count>> rules(told.figures.alerts.rules.begin(), told.figures.alerts.rules.end());
  std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (rules.size() > kMost) rules.resize(kMost);
  std::string line = words("Aturan yang paling sering berbunyi", "Rules that fired most");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto title = told.rule_titles.find(rules[i].first);
    line += fmt::format("{} {} ({})", i == 0 ? ":" : ",",
                        title == told.rule_titles.end() ? rules[i].first : words(title->second),
                        words.number(rules[i].second));
  }
  return line + ".";
}

}  // namespace

Section alert_section(const Told& told, const Words& words, const Lengths& lengths) {
  const Alerts& alerts = told.figures.alerts;
  Section section{words("Yang diperingatkan", "What was alerted"), {}, {}, {}, {}, true, true};
  if (alerts.fired == 0) {
    section.lines.push_back(words("Tidak ada peringatan dalam masa ini.", "No alert fired in this period."));
    return section;
  }
  section.bars.push_back(daily_alerts(told, words));
  section.tables.push_back(family_table(alerts, words, lengths.families));
  section.tables.back().broad = true;
  section.lines.push_back(rules_line(told, words));
  if (alerts.shadow > 0) {
    section.lines.push_back(fmt::format("{}: {}.", words("Aturan yang masih diuji berbunyi", "Rules on trial fired"),
                                        words.number(alerts.shadow)));
  }
  return section;
}

Section handling_section(const Told& told, const Words& words) {
  const Alerts& alerts = told.figures.alerts;
  Section section{words("Penanganan", "Handling"), {}, {}, {}, {}, false};
  Table flow{{words("Peringatan", "Alerts"), words("jumlah", "number")}, {}};
  const auto row = [&](std::string name, Count count) { flow.rows.push_back({std::move(name), words.number(count)}); };
  row(words("masih terbuka dari sebelumnya", "open from before"), alerts.open_before);
  row(words("baru", "new"), alerts.fired);
  row(words("selesai", "resolved"), alerts.resolved);
  row(words("  oleh petugas", "  by an officer"), alerts.by_officer);
  row(words("  dinyatakan keliru", "  as false alarms"), alerts.false_alarms);
  row(words("dicabut karena laporannya dibantah", "withdrawn, as reports were refuted"), alerts.withdrawn);
  row(words("berakhir karena waktu", "expired"), alerts.expired);
  row(words("masih terbuka", "still open"), alerts.open_after);
  row(words("dijawab petugas", "answered by an officer"), alerts.answered);
  row(words("diteruskan karena tidak dijawab", "escalated for want of an answer"), alerts.escalated);
  row(words("bentrok jadwal ditemukan", "clashes of schedules found"), alerts.clashes);
  row(words("bentrok jadwal berakhir", "clashes of schedules ended"), alerts.clashes_ended);
  section.tables.push_back(flow);
  Table times{{words("Waktu", "Times"), words("banyaknya", "number"), "median", "p90"}, {}};
  const auto time = [&](std::string name, const Minutes& minutes) {
    times.rows.push_back({std::move(name), words.number(minutes.count()), words.minutes(minutes.quantile(0.5)),
                          words.minutes(minutes.quantile(0.9))});
  };
  time(words("gejala pertama ke peringatan", "first symptom to alert"), alerts.symptom);
  time(words("peringatan ke jawaban", "alert to answer"), alerts.answer);
  time(words("peringatan ke selesai", "alert to end"), alerts.end);
  section.tables.push_back(times);
  return section;
}

Section level_section(const Told& told, const Words& words, const Lengths& lengths) {
  constexpr std::size_t kMostDays = 92;
  Section section{words("Tingkat kerawanan dari hari ke hari", "Levels from day to day"), {}, {}, {}, {}, true};
  std::vector<std::pair<PlaceId, const PlaceFigures*>> places;
  for (const auto& [place, of] : told.figures.places) {
    if (!of.by_day.empty() && told.reference.place(place).kind == PlaceKind::area) places.emplace_back(place, &of);
  }
  if (places.empty()) {
    section.lines.push_back(words("Semua kelurahan aman sepanjang masa ini.", "All kelurahan were aman throughout."));
    return section;
  }
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second->highest, a.second->above) > std::pair(b.second->highest, b.second->above);
  });
  const std::size_t shown = std::min(places.size(), lengths.levels);
  std::string line = fmt::format("{} {}", words.number(places.size()),
                                 words("kelurahan pernah di atas aman", "kelurahan were above aman for some time"));
  if (shown < places.size()) line += fmt::format("; {} {}", shown, words("teratas ditampilkan", "highest are shown"));
  section.lines.push_back(line + ".");
  if (told.span.days() > kMostDays) return section;
  Heat heat{words("Tingkat tertinggi tiap hari", "Highest level of each day"), day_labels(told, words), {}};
  for (std::size_t i = 0; i < shown; ++i) {
    heat.rows.push_back({place_name(told, places[i].first), places[i].second->by_day});
  }
  section.heats.push_back(std::move(heat));
  return section;
}

}  // namespace kentongan::period
