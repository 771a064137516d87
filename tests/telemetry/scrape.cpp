// SPDX-License-Identifier: Apache-2.0
#include "scrape.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace kentongan::telemetry {
namespace {

template <class Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

/// `name{a="x",b="y"} 1` without its value.
std::string_view series_of(std::string_view line) { return line.substr(0, line.rfind(' ')); }

std::string_view name_in(std::string_view series) { return series.substr(0, series.find('{')); }

/// The parts `a="x"`. No label of these metrics holds a comma within its value but that of the compiler.
std::set<std::string> parts_of(std::string_view series) {
  std::set<std::string> parts;
  const auto open = series.find('{');
  if (open == std::string_view::npos) return parts;
  auto rest = series.substr(open + 1, series.rfind('}') - open - 1);
  while (!rest.empty()) {
    const auto end = rest.find("\",");
    parts.emplace(rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  }
  return parts;
}

bool is_of_family(std::string_view name, const std::string& family) {
  return name == family || name == family + "_bucket" || name == family + "_sum" || name == family + "_count";
}

}  // namespace

void fill(Metrics& metrics) {
  using namespace std::chrono_literals;
  metrics.count_events(EventType::action, Verdict::late, 7);
  metrics.count_events(std::nullopt, Verdict::dead_letter);
  metrics.count_dead_letter(RejectReason::too_old);
  metrics.count_rejected(RejectReason::too_deep);
  metrics.count_alert_step(Level::siaga, AlertStepKind::escalated);
  metrics.observe_symptom_to_alert(90s);
  metrics.observe_acknowledge(Level::siaga, 4min);
  metrics.observe_resolve(Level::siaga, 2h);
  metrics.observe_commit(20ms, 100);
  metrics.observe_event_to_alert(80ms, 40);
  metrics.observe_event_to_alert(2h, 2);
  metrics.set_consumer_lag(12);
  metrics.observe_request("/v1/events", "POST", 202, 3ms);
  metrics.observe_request("/v1/events", "POST", 202, 40s);
  metrics.set_connections(3);
  metrics.add_channel("telegram");
  metrics.count_deliveries("telegram", "delivered", 2);
  metrics.observe_delivery("telegram", 80ms);
  metrics.set_rules_reload(false, std::nullopt, {"bakesbangpol"});
  metrics.beat();
  Snapshot snapshot;
  snapshot.areas = {{"35.73.02.1004", 41.5, Level::siaga, "Klojen", "Klojen \"Kota\"", -7.9786, 112.63}};
  snapshot.areas_by_level = {56, 0, 1, 0};
  snapshot.alerts_acknowledged = {0, 0, 4, 0};
  snapshot.rules = {{"x", {100, 20, 1, 3, 7}, "count", "live", 5, 2}};
  snapshot.clock = TimePoint(1732700000s);
  snapshot.stages = {{"pilkada-2024", "campaign", TimePoint(1732800000s)},
                     {"pilkada-2024", "", TimePoint(1732900000s)}};
  snapshot.campaigns_ahead = {3, 0, 1};
  snapshot.clashes_ahead = {0, 2};
  snapshot.consignments = {5, 4, 3, 2, 1};
  snapshot.dropped_campaigns = 2;
  snapshot.rules_version = "r1";
  metrics.publish(snapshot);
}

std::vector<std::string> families_in(std::string_view text) {
  constexpr std::string_view kType = "# TYPE ";
  std::vector<std::string> names;
  each_line(text, [&](std::string_view line) {
    if (!line.starts_with(kType)) return;
    line.remove_prefix(kType.size());
    names.emplace_back(line.substr(0, line.find(' ')));
  });
  return names;
}

std::vector<std::set<std::string>> labels_in(std::string_view text, const std::string& family) {
  std::vector<std::set<std::string>> found;
  each_line(text, [&](std::string_view line) {
    if (line.starts_with('#') || !is_of_family(name_in(series_of(line)), family)) return;
    std::set<std::string> names;
    for (const auto& part : parts_of(series_of(line))) names.insert(part.substr(0, part.find('=')));
    names.erase("le");
    found.push_back(std::move(names));
  });
  return found;
}

std::set<std::string> sorted_labels(std::string_view list) {
  std::set<std::string> names;
  while (!list.empty()) {
    const auto end = list.find(", ");
    names.emplace(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 2);
  }
  return names;
}

double value_of(std::string_view text, std::string_view series) {
  double value = -1;
  each_line(text, [&](std::string_view line) {
    const auto found = series_of(line);
    if (line.starts_with('#') || name_in(found) != name_in(series) || parts_of(found) != parts_of(series)) return;
    value = std::strtod(std::string(line.substr(found.size() + 1)).c_str(), nullptr);
  });
  return value;
}

std::size_t count_of(std::string_view text, std::string_view begin) {
  std::size_t count = 0;
  each_line(text, [&](std::string_view line) { count += line.starts_with(begin) ? 1 : 0; });
  return count;
}

}  // namespace kentongan::telemetry
