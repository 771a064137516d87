// SPDX-License-Identifier: Apache-2.0
#include "scenario/story.hpp"

#include <algorithm>
#include <array>

namespace kentongan::scenario {
namespace {

std::string name_of(const Setting& setting, const Plot& plot) {
  return setting.reference.place(plot.city).code + "-" + std::string(plot.kind->name) + "-" +
         std::to_string(plot.number);
}

}  // namespace

Teller::Teller(const Setting& all, const Plot& what, Story& story)
    : setting(all),
      plot(what),
      random(all.random({Random::key(all.reference.place(what.city).code), Random::key(what.kind->name), what.number})),
      story_(story) {}

std::string Teller::named(std::string_view suffix) const { return story_.label.story + "-" + std::string(suffix); }

Voice Teller::witness(PlaceId area, std::uint32_t n) const {
  struct Many {
    std::string_view role;
    std::uint32_t count;
  };
  constexpr std::array<Many, 3> kRoles{{{"rw", kRwHeads}, {"rt", kRtHeads}, {"linmas", kLinmas}}};
  const auto& [role, count] = kRoles[n % kRoles.size()];
  return setting.voice(area, role, (plot.number + n / static_cast<std::uint32_t>(kRoles.size())) % count);
}

std::string Teller::send(TimePoint time, std::string_view office, decltype(Event::data) data) {
  std::string id = story_.label.story + "." + std::to_string(story_.lines.size() + 1);
  Told told{time, time, plot.city, EventType::report, {}, false, false};
  Event event{id, setting.source(plot.city, office), time, plot.city, std::move(data)};
  told.type = event.type();
  write_event(told.line, event, setting.reference, setting.timetable);
  story_.lines.push_back(std::move(told));
  return id;
}

std::string Teller::report(TimePoint time, PlaceId area, std::string_view category, std::uint8_t severity,
                           const Voice& who, const Change& change) {
  Report report;
  report.area = area;
  report.category = setting.category(category);
  report.severity = severity;
  report.source = who.role == "rt" ? 'C' : 'B';
  report.content = 2;
  report.reporter = who.actor();
  report.text = sentence_about(category, random);
  if (change) change(report);
  return send(time, "kelurahan", report);
}

void Teller::refute(TimePoint time, PlaceId area, const std::string& id) {
  Report report;
  report.area = area;
  report.status = ReportStatus::refuted;
  report.corrects = id;
  report.corrects_source = setting.source(plot.city, "kelurahan");
  const Voice police = setting.voice(plot.city, "polsek", 1);
  report.reporter = police.actor();
  send(time, "polres", report);
}

void Teller::repeat(TimePoint arrival) {
  Told told = story_.lines.back();
  told.arrival = arrival;
  told.again = true;
  story_.lines.push_back(std::move(told));
}

Story tell(const Setting& setting, const Plot& plot) {
  Story story;
  story.label.story = name_of(setting, plot);
  story.label.kind = plot.kind->name;
  story.label.must_alert = plot.kind->must_alert;
  story.label.from = plot.start;
  for (const PlaceId area : plot.areas) story.label.areas.push_back(setting.reference.place(area).code);
  for (const std::string_view rule : plot.kind->rules) story.label.rules.emplace_back(rule);
  Teller teller(setting, plot, story);
  plot.kind->tell(teller);
  TimePoint last = plot.start;
  for (const Told& told : story.lines) last = std::max(last, told.arrival);
  story.label.expected_by = teller.expected_by_.value_or(last + std::chrono::hours(1));
  std::stable_sort(story.lines.begin(), story.lines.end(),
                   [](const Told& a, const Told& b) { return a.arrival < b.arrival; });
  return story;
}

}  // namespace kentongan::scenario
