// SPDX-License-Identifier: Apache-2.0
#include "period/page.hpp"

#include <fmt/format.h>

#include "period/page_parts.hpp"

namespace kentongan::period {
namespace {

constexpr std::size_t kMostDailyBars = 62;

std::string subtitle_of(const Told& told, const Words& words) {
  const Span& span = told.span;
  const bool whole_days = span.zone.moment(span.zone.day_of(span.from)) == span.from &&
                          span.zone.moment(span.zone.day_of(span.to)) == span.to;
  const std::string from = whole_days ? words.day(span.day(0)) : words.moment(span.from, span.zone);
  const std::string to = whole_days ? words.day(span.day(span.days() - 1)) : words.moment(span.to, span.zone);
  std::string cities;
  for (std::size_t i = 0; i < told.reference.cities.size() && i < 5; ++i) {
    cities += (i == 0 ? "" : ", ") + place_name(told, told.reference.cities[i]);
  }
  if (told.reference.cities.size() > 5) cities += ", ..";
  return fmt::format("{} {} {} {} · {} {}", words("", "from"), from, words("sampai", "to"), to,
                     words("wilayah", "region"), cities)
      .substr(words.indonesian() ? 1 : 0);
}

std::vector<std::string> notes_of(const Told& told, const Words& words) {
  std::vector<std::string> notes;
  if (!told.figures.inputs_known) {
    notes.push_back(
        words("Apa yang masuk tidak dibaca kembali dari Kafka; angka laporan, logistik, dan kesiapan tidak "
              "ada di sini.",
              "What came in is not read back from Kafka; figures of reports, logistics and readiness are "
              "not here."));
  }
  if (told.figures.inputs_since && *told.figures.inputs_since > told.span.from) {
    notes.push_back(fmt::format("{} {}.",
                                words("Jurnal hanya menyimpan masukan yang diterima sejak",
                                      "The journal only keeps inputs that were received since"),
                                words.moment(*told.figures.inputs_since, told.span.zone)));
  }
  return notes;
}

std::vector<Card> cards_of(const Told& told, const Words& words) {
  const Figures& figures = told.figures;
  const Alerts& alerts = figures.alerts;
  std::vector<Card> cards;
  if (figures.inputs_known) {
    cards.push_back({words("Laporan", "Reports"), words.number(figures.incoming.reports()),
                     fmt::format("{} {}", words.number(figures.incoming.kinds[0]), words("kejadian", "incidents"))});
  }
  cards.push_back({words("Peringatan", "Alerts"), words.number(alerts.fired),
                   fmt::format("{} awas · {} siaga", words.number(alerts.levels[3]), words.number(alerts.levels[2]))});
  cards.push_back({words("Gejala ke peringatan", "Symptom to alert"), words.minutes(alerts.symptom.quantile(0.5)),
                   fmt::format("p90 {}", words.minutes(alerts.symptom.quantile(0.9)))});
  cards.push_back({words("Dijawab petugas", "Answered"), words.minutes(alerts.answer.quantile(0.5)),
                   fmt::format("p90 {}", words.minutes(alerts.answer.quantile(0.9)))});
  cards.push_back({words("Selesai", "Resolved"), words.minutes(alerts.end.quantile(0.5)),
                   fmt::format("p90 {}", words.minutes(alerts.end.quantile(0.9)))});
  cards.push_back({words("Alarm keliru", "False alarms"), words.number(alerts.false_alarms),
                   fmt::format("{} {}", words.number(alerts.withdrawn), words("dicabut", "withdrawn"))});
  return cards;
}

}  // namespace

std::string place_name(const Told& told, PlaceId place) {
  const Place& of = told.reference.place(place);
  return of.name.empty() ? of.code : of.name;
}

std::string others(std::size_t many, const Words& words) {
  return fmt::format("{} {}", words.number(many), words("lainnya", "others"));
}

std::vector<std::string> day_labels(const Told& told, const Words& words) {
  std::vector<std::string> labels;
  const std::size_t step = told.span.days() > kMostDailyBars ? 7 : 1;
  for (std::size_t i = 0; i < told.span.days(); i += step) labels.push_back(words.short_day(told.span.day(i)));
  return labels;
}

std::vector<Count> in_bars(const std::vector<Count>& days) {
  const std::size_t step = days.size() > kMostDailyBars ? 7 : 1;
  std::vector<Count> bars((days.size() + step - 1) / step);
  for (std::size_t i = 0; i < days.size(); ++i) bars[i / step] += days[i];
  return bars;
}

Page page_of(const Told& told, const Words& words, const Lengths& lengths) {
  Page page;
  page.indonesian = words.indonesian();
  page.title = words("Laporan Kewaspadaan Dini", "Early-warning report");
  page.subtitle = subtitle_of(told, words);
  page.notes = notes_of(told, words);
  page.cards = cards_of(told, words);
  const bool inputs = told.figures.inputs_known;
  if (inputs) page.sections.push_back(incoming_section(told, words, lengths));
  page.sections.push_back(alert_section(told, words, lengths));
  page.sections.push_back(level_section(told, words, lengths));
  page.sections.push_back(handling_section(told, words));
  page.sections.push_back(quality_section(told, words, lengths));
  if (inputs) page.sections.push_back(logistics_section(told, words));
  if (inputs) page.sections.push_back(coverage_section(told, words, lengths));
  page.sections.push_back(place_section(told, words, lengths));
  page.footer = words(
      "Disusun oleh Kentongan dari kejadian yang tercatat. Yang dinilai adalah wilayah, bukan orang atau partai; "
      "laporan "
      "ini tidak memuat nama, pelapor, atau teks laporan. Median: separuh selesai dalam waktu itu; p90: sembilan dari "
      "sepuluh.",
      "Made by Kentongan from recorded events. Areas are judged, not people or parties; no name, reporter or text of a "
      "report is in it. Median: half took no longer; p90: nine of ten.");
  return page;
}

}  // namespace kentongan::period
