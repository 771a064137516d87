// SPDX-License-Identifier: Apache-2.0
#include "scenario/scorecard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "codec/json_append.hpp"

namespace kentongan::scenario {

using codec::ObjectWriter;

namespace {

constexpr std::size_t kMostNamed = 10;

std::string line_of(const KindScore& kind) {
  const std::string times = kind.hours.empty()
                                ? fmt::format("{:>8} {:>8}", "-", "-")
                                : fmt::format("{:>8.1f} {:>8.1f}", median(kind.hours), kind.hours.back());
  return fmt::format("{:<26} {:<8} {:>7} {:>6} {:>5} {:>7} {}\n", kind.kind, kind.must_alert ? "alert" : "silence",
                     kind.stories, kind.found, kind.late, kind.missed.size(), times);
}

}  // namespace

std::uint64_t Scorecard::missed() const {
  std::uint64_t all = 0;
  for (const KindScore& kind : kinds) all += kind.missed.size();
  return all;
}

double Scorecard::false_alarm_rate() const {
  const auto area_days = static_cast<double>(head.areas) * head.days;
  return area_days > 0 ? 1000 * static_cast<double>(false_alarms) / area_days : 0;
}

double median(const std::vector<double>& sorted) {
  if (sorted.empty()) return 0;
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

std::string to_text(const Scorecard& card) {
  std::string text = fmt::format("{:<26} {:<8} {:>7} {:>6} {:>5} {:>7} {:>8} {:>8}\n", "kind", "must", "stories",
                                 "found", "late", "missed", "median h", "max h");
  std::uint64_t stories = 0;
  std::uint64_t found = 0;
  std::uint64_t late = 0;
  for (const KindScore& kind : card.kinds) {
    text += line_of(kind);
    stories += kind.stories;
    found += kind.found;
    late += kind.late;
  }
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{:<26} {:<8} {:>7} {:>6} {:>5} {:>7}\n", "all", "", stories, found, late, card.missed());
  for (const KindScore& kind : card.kinds) {
    for (std::size_t i = 0; i < std::min(kind.missed.size(), kMostNamed); ++i) {
      fmt::format_to(out, "missed: {}\n", kind.missed[i]);
    }
  }
  fmt::format_to(out, "alerts: {}, of them of no story: {} ({:.2f} per 1,000 area-days)\n", card.episodes,
                 card.false_alarms, card.false_alarm_rate());
  for (const auto& [rule, count] : card.false_by_rule) fmt::format_to(out, "  {}: {}\n", rule, count);
  return text;
}

std::string to_json(const Scorecard& card) {
  std::string text;
  const auto hours = [](std::string& out, double value) { out += fmt::format("{:.3f}", value); };
  {
    ObjectWriter json(text);
    json.list("kinds", card.kinds, [&](std::string& out, const KindScore& kind) {
      ObjectWriter one(out);
      one.text("kind", kind.kind);
      one.text("must", kind.must_alert ? "alert" : "silence");
      one.integer("stories", static_cast<std::int64_t>(kind.stories));
      one.integer("found", static_cast<std::int64_t>(kind.found));
      one.integer("late", static_cast<std::int64_t>(kind.late));
      one.texts("missed", kind.missed);
      if (!kind.hours.empty()) {
        hours(one.key("median_hours"), median(kind.hours));
        hours(one.key("max_hours"), kind.hours.back());
      }
    });
    json.integer("alerts", static_cast<std::int64_t>(card.episodes));
    json.integer("false_alarms", static_cast<std::int64_t>(card.false_alarms));
    json.integer("area_days", static_cast<std::int64_t>(card.head.areas) * card.head.days);
    hours(json.key("false_alarms_per_1000_area_days"), card.false_alarm_rate());
    {
      ObjectWriter rules(json.key("false_alarms_by_rule"));
      for (const auto& [rule, count] : card.false_by_rule) rules.integer(rule, static_cast<std::int64_t>(count));
    }
  }
  return text;
}

}  // namespace kentongan::scenario
