// SPDX-License-Identifier: Apache-2.0
#include "app/demo/city_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "adapters/http/client.hpp"
#include "app/json_value.hpp"
#include "domain/output.hpp"

namespace kentongan::app::demo {
namespace {

constexpr std::chrono::seconds kPatience(20);
constexpr int kDeepest = 32;

Result<std::string> body_of(const std::string& listen, const std::string& path) {
  auto answer = http::get(listen, path, kPatience);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 200) return std::move(answer->body);
  return fail(Error::Kind::failed, fmt::format("GET {} answered {}: {}", path, answer->status, answer->body));
}

LocalText local_of(const JsonValue& data, std::string_view name) {
  const auto text = data.member(name);
  return text ? LocalText{text->text_of("id"), text->text_of("en")} : LocalText{};
}

std::vector<std::string> texts_of(const JsonValue& data, std::string_view name, std::string_view member = {}) {
  std::vector<std::string> texts;
  if (const auto list = data.member(name)) {
    list->each([&](std::string_view, JsonValue value) {
      texts.push_back(member.empty() ? value.text() : value.text_of(member));
    });
  }
  return texts;
}

AlertView alert_of(const JsonValue& data) {
  AlertView alert;
  alert.id = data.text_of("alert");
  alert.rule = data.text_of("rule");
  alert.area = data.text_of("area");
  alert.message = local_of(data, "message");
  alert.recommend = local_of(data, "recommend");
  alert.state = data.text_of("state");
  alert.level = level_named(data.text_of("level")).value_or(Level::aman);
  alert.since = parse_rfc3339(data.text_of("since")).value_or(TimePoint{});
  const auto proposed = data.member("proposed");
  alert.proposed = proposed && proposed->is_true();
  alert.to = texts_of(data, "to");
  alert.steps = texts_of(data, "steps", "step");
  alert.count = static_cast<std::int64_t>(data.number_of("count"));
  alert.distinct = static_cast<std::int64_t>(data.number_of("distinct"));
  if (const auto reasons = data.member("reasons")) {
    reasons->each([&](std::string_view, JsonValue reason) {
      alert.reason_code = reason.text_of("code");
      alert.reason = reason.text_of("text");
    });
  }
  return alert;
}

Result<std::vector<DistrictView>> districts_of(const std::string& listen, const Reference& reference) {
  const auto body = body_of(listen, "/v1/risk");
  if (!body) return tl::unexpected(body.error());
  codec::JsonReader json;
  if (json.read(*body, kDeepest)) return fail(Error::Kind::failed, "GET /v1/risk answered no JSON");
  std::map<PlaceId, DistrictView> districts;
  const auto areas = JsonValue(json).member("areas");
  if (areas) {
    areas->each([&](std::string_view, JsonValue area) {
      const auto place = reference.find_place(area.text_of("area"));
      if (!place || reference.place(*place).kind != PlaceKind::area) return;
      const PlaceId parent = reference.place(*place).parent;
      DistrictView& district = districts[parent];
      district.name = reference.place(parent).name;
      district.areas.push_back({area.text_of("area"), area.text_of("name"),
                                level_named(area.text_of("level")).value_or(Level::aman), area.number_of("score")});
    });
  }
  std::vector<DistrictView> all;
  for (auto& [place, district] : districts) all.push_back(std::move(district));
  return all;
}

/// Sums kentongan_events_total by verdict.
std::array<std::uint64_t, kVerdicts> verdicts_in(std::string_view metrics) {
  std::array<std::uint64_t, kVerdicts> verdicts{};
  constexpr std::string_view kName = "\nkentongan_events_total{";
  for (std::size_t at = metrics.find(kName); at != std::string_view::npos; at = metrics.find(kName, at + 1)) {
    const std::string line(metrics.substr(at + 1, metrics.find('\n', at + 1) - at - 1));
    const std::size_t blank = line.rfind(' ');
    if (blank == std::string::npos) continue;
    for (std::size_t i = 0; i < kVerdicts; ++i) {
      const std::string label = fmt::format("verdict=\"{}\"", name_of(static_cast<Verdict>(i)));
      if (line.find(label) != std::string::npos) verdicts[i] += std::strtoull(line.c_str() + blank, nullptr, 10);
    }
  }
  return verdicts;
}

}  // namespace

std::size_t CityView::alerts_in(std::string_view state) const {
  return static_cast<std::size_t>(
      std::count_if(alerts.begin(), alerts.end(), [&](const AlertView& alert) { return alert.state == state; }));
}

Result<std::vector<AlertView>> alerts_of(const std::string& listen, std::string_view state) {
  const auto body = body_of(listen, state.empty() ? "/v1/alerts" : fmt::format("/v1/alerts?state={}", state));
  if (!body) return tl::unexpected(body.error());
  codec::JsonReader json;
  if (json.read(*body, kDeepest)) return fail(Error::Kind::failed, "GET /v1/alerts answered no JSON");
  std::vector<AlertView> alerts;
  if (const auto list = JsonValue(json).member("alerts")) {
    list->each([&](std::string_view, JsonValue data) {
      const auto shadow = data.member("shadow");
      if (!shadow || !shadow->is_true()) alerts.push_back(alert_of(data));
    });
  }
  return alerts;
}

Result<CityView> look_at(const std::string& listen, const Reference& reference) {
  CityView view;
  auto districts = districts_of(listen, reference);
  if (!districts) return tl::unexpected(districts.error());
  view.districts = *std::move(districts);
  auto alerts = alerts_of(listen, {});
  if (!alerts) return tl::unexpected(alerts.error());
  view.alerts = *std::move(alerts);
  const auto metrics = body_of(listen, "/metrics");
  if (!metrics) return tl::unexpected(metrics.error());
  view.verdicts = verdicts_in(*metrics);
  return view;
}

}  // namespace kentongan::app::demo
