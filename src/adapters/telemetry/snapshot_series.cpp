// SPDX-License-Identifier: Apache-2.0
#include "adapters/telemetry/snapshot_series.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <tuple>
#include <utility>

#include "adapters/telemetry/families.hpp"

namespace kentongan::telemetry {
namespace {

using Families = std::vector<prometheus::MetricFamily>;

double value_of(std::uint64_t count) { return static_cast<double>(count); }
double seconds_of(TimePoint time) { return std::chrono::duration<double>(time.time_since_epoch()).count(); }

void collect_levels(const Snapshot& snapshot, Families& families) {
  auto areas = family_of(MetricId::areas);
  auto alerts = family_of(MetricId::alerts_open);
  for (std::size_t i = 0; i < kLevels; ++i) {
    const std::string level(kLevelNames[i]);
    add_value(areas, value_of(snapshot.areas_by_level[i]), {{"level", level}});
    if (static_cast<Level>(i) == Level::aman) continue;  // no alert has this level
    add_value(alerts, value_of(snapshot.alerts_firing[i]), {{"level", level}, {"state", "firing"}});
    add_value(alerts, value_of(snapshot.alerts_acknowledged[i]), {{"level", level}, {"state", "acknowledged"}});
  }
  families.push_back(std::move(areas));
  families.push_back(std::move(alerts));
}

void collect_rules(const Snapshot& snapshot, Families& families) {
  auto info = family_of(MetricId::rules_info);
  if (!snapshot.rules_version.empty()) add_value(info, 1, {{"version", snapshot.rules_version}});
  families.push_back(std::move(info));
  static constexpr std::array<std::pair<MetricId, std::uint64_t RuleCounts::*>, 5> kCounts{{
      {MetricId::rule_evaluations, &RuleCounts::evaluated},
      {MetricId::rule_matches, &RuleCounts::matched},
      {MetricId::rule_late, &RuleCounts::late},
      {MetricId::rule_errors, &RuleCounts::failed},
      {MetricId::rule_dropped, &RuleCounts::dropped},
  }};
  for (const auto& [id, count] : kCounts) {
    auto family = family_of(id);
    for (const auto& rule : snapshot.rules) add_value(family, value_of(rule.counts.*count), {{"rule", rule.rule}});
    families.push_back(std::move(family));
  }
  families.push_back(single(MetricId::campaigns_dropped, value_of(snapshot.dropped_campaigns)));
  auto rule_info = family_of(MetricId::rule_info);
  auto fired = family_of(MetricId::rule_alerts);
  auto open = family_of(MetricId::rule_alerts_open);
  for (const auto& rule : snapshot.rules) {
    add_value(rule_info, 1, {{"rule", rule.rule}, {"kind", rule.kind}, {"status", rule.status}});
    add_value(fired, value_of(rule.fired), {{"rule", rule.rule}});
    add_value(open, value_of(rule.open), {{"rule", rule.rule}});
  }
  for (auto* family : {&rule_info, &fired, &open}) families.push_back(std::move(*family));
}

void collect_calendar(const Snapshot& snapshot, Families& families) {
  families.push_back(single(MetricId::clock, seconds_of(snapshot.clock.value_or(TimePoint{}))));
  auto stages = family_of(MetricId::stage_end);
  auto votings = family_of(MetricId::voting_begin);
  for (const auto& stage : snapshot.stages) {
    const double moment = seconds_of(stage.moment);
    if (stage.stage.empty()) {
      add_value(votings, moment, {{"election", stage.election}});
    } else {
      add_value(stages, moment, {{"election", stage.election}, {"stage", stage.stage}});
    }
  }
  auto campaigns = family_of(MetricId::campaigns_ahead);
  auto clashes = family_of(MetricId::clashes_ahead);
  for (std::size_t day = 0; day < Snapshot::kDaysAhead; ++day) {
    const Labels labels{{"days", std::to_string(day)}};
    add_value(campaigns, value_of(snapshot.campaigns_ahead[day]), labels);
    add_value(clashes, value_of(snapshot.clashes_ahead[day]), labels);
  }
  auto consignments = family_of(MetricId::consignments);
  for (std::size_t step = 0; step < snapshot.consignments.size(); ++step) {
    const Labels labels{{"step", std::string(Words<ConsignmentStep>::list[step])}};
    add_value(consignments, value_of(snapshot.consignments[step]), labels);
  }
  for (auto* family : {&stages, &votings, &campaigns, &clashes, &consignments}) families.push_back(std::move(*family));
}

/// As short as it can be read back; places need no more than six decimals (11 cm).
std::string degrees(double value) {
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.6f", value);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

SnapshotSeries::SnapshotSeries(std::size_t area_series_max)
    : area_series_max_(area_series_max), published_(std::make_shared<Published>()) {}

void SnapshotSeries::publish(Snapshot snapshot) {
  auto published = std::make_shared<Published>();
  auto& areas = snapshot.areas;
  std::erase_if(areas, [](const AreaSeries& area) { return area.level == Level::aman; });
  std::sort(areas.begin(), areas.end(), [](const AreaSeries& a, const AreaSeries& b) {
    return std::tie(b.level, b.score, a.code) < std::tie(a.level, a.score, b.code);
  });
  if (areas.size() > area_series_max_) {
    published->omitted = areas.size() - area_series_max_;
    areas.resize(area_series_max_);
  }
  published->snapshot = std::move(snapshot);
  const std::lock_guard lock(mutex_);
  published_ = std::move(published);
}

void SnapshotSeries::collect_areas(const Published& published, Families& families) const {
  const auto& areas = published.snapshot.areas;
  auto risk = family_of(MetricId::area_risk);
  auto level = family_of(MetricId::area_level);
  auto info = family_of(MetricId::area_info);
  for (const auto& area : areas) {
    const Labels labels{{"area", area.code}};
    add_value(risk, area.score, labels);
    add_value(level, static_cast<double>(area.level), labels);
    add_value(info, 1,
              {{"area", area.code},
               {"name", area.name},
               {"district", area.district},
               {"lat", degrees(area.lat)},
               {"lon", degrees(area.lon)}});
  }
  families.push_back(std::move(risk));
  families.push_back(std::move(level));
  families.push_back(std::move(info));
  families.push_back(single(MetricId::area_series, value_of(areas.size())));
  families.push_back(single(MetricId::area_series_max, value_of(area_series_max_)));
  families.push_back(single(MetricId::area_series_omitted, value_of(published.omitted)));
}

Families SnapshotSeries::Collect() const {
  std::shared_ptr<const Published> published;
  {
    const std::lock_guard lock(mutex_);
    published = published_;
  }
  Families families;
  collect_levels(published->snapshot, families);
  collect_areas(*published, families);
  collect_rules(published->snapshot, families);
  collect_calendar(published->snapshot, families);
  return families;
}

}  // namespace kentongan::telemetry
