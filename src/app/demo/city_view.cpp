// SPDX-License-Identifier: Apache-2.0
#include "app/demo/city_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "adapters/http/client.hpp"
#include "codec/json_view.hpp"
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

LocalText local_of(const codec::JsonView& data, std::string_view name) {
  const auto text = data[name];
  return text ? LocalText{text["id"].text(), text["en"].text()} : LocalText{};
}

std::vector<std::string> texts_of(const codec::JsonView& data, std::string_view name, std::string_view member = {}) {
  std::vector<std::string> texts;
  for (const codec::JsonView& value : data[name].items()) {
    texts.push_back(member.empty() ? value.text() : value[member].text());
  }
  return texts;
}

AlertView alert_of(const codec::JsonView& data) {
  AlertView alert;
  alert.id = data["alert"].text();
  alert.rule = data["rule"].text();
  alert.area = data["area"].text();
  alert.message = local_of(data, "message");
  alert.recommend = local_of(data, "recommend");
  alert.state = data["state"].text();
  alert.level = level_named(data["level"].text()).value_or(Level::aman);
  alert.since = parse_rfc3339(data["since"].text()).value_or(TimePoint{});
  alert.proposed = data["proposed"].is_true();
  alert.to = texts_of(data, "to");
  alert.steps = texts_of(data, "steps", "step");
  alert.count = static_cast<std::int64_t>(data["count"].number());
  alert.distinct = static_cast<std::int64_t>(data["distinct"].number());
  for (const codec::JsonView& reason : data["reasons"].items()) {
    alert.reason_code = reason["code"].text();
    alert.reason = reason["text"].text();
  }
  return alert;
}

Result<std::vector<DistrictView>> districts_of(const std::string& listen, const Reference& reference) {
  const auto body = body_of(listen, "/v1/risk");
  if (!body) return tl::unexpected(body.error());
  codec::JsonReader json;
  if (json.read(*body, kDeepest)) return fail(Error::Kind::failed, "GET /v1/risk answered no JSON");
  std::map<PlaceId, DistrictView> districts;
  for (const codec::JsonView& area : codec::JsonView(json, 0)["areas"].items()) {
    const auto place = reference.find_place(area["area"].text());
    if (!place || reference.place(*place).kind != PlaceKind::area) continue;
    const PlaceId parent = reference.place(*place).parent;
    DistrictView& district = districts[parent];
    district.name = reference.place(parent).name;
    district.areas.push_back({area["area"].text(), area["name"].text(),
                              level_named(area["level"].text()).value_or(Level::aman), area["score"].number()});
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
  for (const codec::JsonView& data : codec::JsonView(json, 0)["alerts"].items()) {
    if (!data["shadow"].is_true()) alerts.push_back(alert_of(data));
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
