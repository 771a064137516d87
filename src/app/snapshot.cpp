// SPDX-License-Identifier: Apache-2.0
#include "app/snapshot.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/explain/rule_words.hpp"

namespace kentongan::app {
namespace {

/// A look ahead takes at most this share of a shard's time.
constexpr int kShareOfLooks = 100;

static_assert(engine::Outlook::kDays == telemetry::Snapshot::kDaysAhead);

template <std::size_t Size>
void add(std::array<std::uint64_t, Size>& sum, const std::array<std::uint64_t, Size>& part) {
  for (std::size_t i = 0; i < Size; ++i) sum[i] += part[i];
}

void add(telemetry::RuleSeries& sum, const telemetry::RuleSeries& part) {
  sum.counts += part.counts;
  sum.fired += part.fired;
  sum.open += part.open;
}

/// Both sorted by id. During a reload shards may have different rules for a moment.
void merge_rules(std::vector<telemetry::RuleSeries>& sum, const std::vector<telemetry::RuleSeries>& part) {
  std::vector<telemetry::RuleSeries> merged;
  merged.reserve(std::max(sum.size(), part.size()));
  auto at = sum.begin();
  for (const telemetry::RuleSeries& rule : part) {
    for (; at != sum.end() && at->rule < rule.rule; ++at) merged.push_back(std::move(*at));
    merged.push_back(rule);
    if (at != sum.end() && at->rule == rule.rule) add(merged.back(), *at++);
  }
  std::move(at, sum.end(), std::back_inserter(merged));
  sum = std::move(merged);
}

telemetry::AreaSeries series_of(const engine::PlaceView& view, const Reference& reference) {
  const Place& place = reference.place(view.place);
  return {place.code,      view.score,     view.level, place.name, reference.place(place.parent).name,
          place.point.lat, place.point.lon};
}

void add_areas(const engine::Engine& engine, telemetry::Snapshot& snapshot) {
  const Reference& reference = engine.context().reference();
  for (const engine::PlaceView& view : engine.areas()) {
    ++snapshot.areas_by_level[static_cast<std::size_t>(view.level)];
    if (view.level != Level::aman) snapshot.areas.push_back(series_of(view, reference));
  }
}

void add_alerts(const engine::City& city, telemetry::Snapshot& snapshot) {
  city.visit_open([&](const engine::Episode& episode) {
    auto& counts = episode.state == AlertState::firing ? snapshot.alerts_firing : snapshot.alerts_acknowledged;
    ++counts[static_cast<std::size_t>(episode.level)];
  });
}

/// Of the city whose clock is furthest.
void add_calendar(const engine::Engine& engine, telemetry::Snapshot& snapshot) {
  const engine::City* furthest = nullptr;
  for (const PlaceId id : engine.owned()) {
    const engine::City* city = engine.city(id);
    if (city == nullptr || !city->started()) continue;
    if (furthest == nullptr || furthest->clock() < city->clock()) furthest = city;
  }
  if (furthest == nullptr) return;
  const Reference& reference = engine.context().reference();
  snapshot.clock = furthest->clock();
  snapshot.stages = stages_at(furthest->clock(), *reference.place(furthest->id()).zone, reference.stages);
}

}  // namespace

void add(telemetry::Snapshot& sum, const telemetry::Snapshot& part) {
  sum.areas.insert(sum.areas.end(), part.areas.begin(), part.areas.end());
  for (std::size_t i = 0; i < kLevels; ++i) {
    sum.areas_by_level[i] += part.areas_by_level[i];
    sum.alerts_firing[i] += part.alerts_firing[i];
    sum.alerts_acknowledged[i] += part.alerts_acknowledged[i];
  }
  merge_rules(sum.rules, part.rules);
  sum.dropped_campaigns += part.dropped_campaigns;
  if (!part.rules_version.empty()) sum.rules_version = part.rules_version;
  if (part.clock && (!sum.clock || *sum.clock < *part.clock)) {
    sum.clock = part.clock;
    sum.stages = part.stages;
  }
  add(sum.campaigns_ahead, part.campaigns_ahead);
  add(sum.clashes_ahead, part.clashes_ahead);
  add(sum.consignments, part.consignments);
}

std::vector<telemetry::StageSeries> stages_at(TimePoint now, const LocalZone& zone, const std::vector<Stage>& stages) {
  const LocalDay today = zone.day_of(now);
  std::vector<telemetry::StageSeries> running, to_come;
  for (const Stage& stage : stages) {
    if (stage.first_day <= today && today <= stage.last_day) {
      running.push_back({stage.election, stage.name, zone.moment(stage.last_day + std::chrono::days(1))});
    }
    if (stage.name == "voting" && today <= stage.last_day) {
      to_come.push_back({stage.election, {}, zone.moment(stage.first_day)});
    }
  }
  for (auto* series : {&running, &to_come}) {
    std::stable_sort(series->begin(), series->end(),
                     [](const auto& one, const auto& other) { return one.moment < other.moment; });
    if (series->size() > kMostStages) series->resize(kMostStages);
  }
  running.insert(running.end(), to_come.begin(), to_come.end());
  return running;
}

telemetry::Snapshot SnapshotMaker::make(const engine::Engine& engine, const EngineCounts& counts) {
  telemetry::Snapshot snapshot;
  add_areas(engine, snapshot);
  for (const PlaceId id : engine.owned()) {
    if (const engine::City* city = engine.city(id)) add_alerts(*city, snapshot);
  }
  add_rules(engine, counts, snapshot);
  add_calendar(engine, snapshot);
  snapshot.dropped_campaigns = counts.dropped_campaigns;
  look_ahead(engine);
  snapshot.campaigns_ahead = outlook_.campaigns;
  snapshot.clashes_ahead = outlook_.clashes;
  snapshot.consignments = outlook_.consignments;
  return snapshot;
}

void SnapshotMaker::add_rules(const engine::Engine& engine, const EngineCounts& counts, telemetry::Snapshot& snapshot) {
  const std::vector<rules::Rule>& rules = engine.context().rules().rules;
  std::vector<std::uint64_t> open(rules.size());
  for (const PlaceId id : engine.owned()) {
    const engine::City* city = engine.city(id);
    if (city == nullptr) continue;
    engine::Insight(*city).visit_open_rules([&](RuleIndex rule) { ++open[rule.value()]; });
  }
  std::map<std::string, std::uint64_t> fired;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string& id = rules[i].id.value();
    const std::uint64_t alerts = fired[id] = fired_[id];
    snapshot.rules.push_back({id, i < counts.rules.size() ? counts.rules[i] : RuleCounts{},
                              std::string(explain::kind_of(rules[i])),
                              rules[i].status == rules::RuleStatus::shadow ? "shadow" : "live", alerts, open[i]});
  }
  fired_ = std::move(fired);
}

/// Not with every pulse where there is much to look at.
void SnapshotMaker::look_ahead(const engine::Engine& engine) {
  const auto begin = std::chrono::steady_clock::now();
  if (begin < next_look_) return;
  outlook_ = {};
  for (const PlaceId id : engine.owned()) {
    const engine::City* city = engine.city(id);
    if (city == nullptr || !city->started()) continue;
    const engine::Outlook part = engine::Insight(*city).outlook();
    add(outlook_.campaigns, part.campaigns);
    add(outlook_.clashes, part.clashes);
    add(outlook_.consignments, part.consignments);
  }
  const auto end = std::chrono::steady_clock::now();
  next_look_ = end + (end - begin) * kShareOfLooks;
}

}  // namespace kentongan::app
