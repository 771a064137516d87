// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/target.hpp"

#include <algorithm>
#include <array>

namespace kentongan::http {
namespace {

constexpr std::array<RouteSpec, 17> kRoutes{
    {{Route::index, "/", false, "This list"},
     {Route::events, "/v1/events", true, "Hand in events"},
     {Route::alerts, "/v1/alerts", false, "Alerts, newest first"},
     {Route::alert, "/v1/alerts/{id}", false, "One alert"},
     {Route::alert_actions, "/v1/alerts/{id}/actions", true, "What an officer did with an alert"},
     {Route::answer, "/answer/{link}", true, "The page behind a link in a message, and what its buttons post", true,
      true},
     {Route::callback, "/callback/whatsapp", true, "Presses of buttons in WhatsApp", true, true},
     {Route::stream, "/v1/stream", false, "Alerts and risk as they are committed, as server-sent events"},
     {Route::risk, "/v1/risk", false, "Score and level of every kelurahan"},
     {Route::area, "/v1/areas/{code}", false, "One kelurahan, kecamatan or city with what its score is made of"},
     {Route::geo_areas, "/geo/areas.geojson", false, "Every kelurahan as a point of a map, with its level"},
     {Route::rules, "/v1/rules", false, "The rules in use, and what the last reload came to"},
     {Route::rules_check, "/v1/rules/check", true, "Check a rule file as part of the rules in use"},
     {Route::livez, "/livez", false, "The process answers"},
     {Route::readyz, "/readyz", false, "The service can take events"},
     {Route::metrics, "/metrics", false, "Metrics in the text format of Prometheus"},
     {Route::none, "other", false, "Any other path"}}};

std::optional<int> hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const auto high = hex_value(text[i + 1]);
    const auto low = hex_value(text[i + 2]);
    if (!high || !low) return std::nullopt;
    out += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return out;
}

/// Cuts off what stands before the next `separator`.
std::string_view take(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

/// The segment that stands for `{name}` when the path fits the pattern (empty where there is none).
std::optional<std::string_view> fit(std::string_view pattern, std::string_view path) {
  const auto open = pattern.find('{');
  if (open == std::string_view::npos) {
    if (pattern == path) return std::string_view{};
    return std::nullopt;
  }
  const auto tail = pattern.substr(pattern.find('}') + 1);
  if (!path.starts_with(pattern.substr(0, open)) || !path.ends_with(tail)) return std::nullopt;
  if (path.size() <= open + tail.size()) return std::nullopt;
  const auto segment = path.substr(open, path.size() - open - tail.size());
  if (segment.find('/') != std::string_view::npos) return std::nullopt;
  return segment;
}

tl::unexpected<Refusal> bad_percent() {
  return tl::unexpected<Refusal>(Refusal{400, "The request target holds a % that is not followed by two hex digits."});
}

tl::expected<void, Refusal> read_query(std::string_view text, Target& target) {
  while (!text.empty()) {
    auto value = take(text, '&');
    const auto name = percent_decoded(take(value, '='));
    const auto decoded = percent_decoded(value);
    if (!name || !decoded) return bad_percent();
    target.query.emplace_back(*name, *decoded);
  }
  return {};
}

}  // namespace

std::span<const RouteSpec> all_routes() { return std::span(kRoutes).first(kRoutes.size() - 1); }

const RouteSpec& spec_of(Route route) { return kRoutes[static_cast<std::size_t>(route)]; }

std::string_view allowed_methods(Route route) {
  const RouteSpec& spec = spec_of(route);
  if (!spec.posts) return "GET, HEAD";
  return spec.reads_too ? "GET, HEAD, POST" : "POST";
}

std::string_view Target::parameter(std::string_view name) const {
  const auto found =
      std::find_if(query.begin(), query.end(), [name](const auto& entry) { return entry.first == name; });
  return found == query.end() ? std::string_view{} : std::string_view(found->second);
}

tl::expected<Target, Refusal> read_target(std::string_view text) {
  constexpr std::array<std::string_view, 2> kSchemes{"http://", "https://"};
  Target target;
  for (const std::string_view scheme : kSchemes) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    const auto end = std::min(text.find_first_of("/?"), text.size());
    target.authority = std::string(text.substr(0, end));
    text.remove_prefix(end);
    if (text.empty()) text = "/";
    break;
  }
  if (!text.starts_with('/')) {
    return tl::unexpected<Refusal>(Refusal{400, "The request target is not a path that begins with /."});
  }
  text = text.substr(0, text.find('#'));
  const auto path = take(text, '?');
  for (const auto& spec : all_routes()) {
    const auto segment = fit(spec.pattern, path);
    if (!segment) continue;
    const auto argument = percent_decoded(*segment);
    if (!argument) return bad_percent();
    target.route = spec.route;
    target.argument = *argument;
    break;
  }
  const auto query = read_query(text, target);
  if (!query) return tl::unexpected(query.error());
  return target;
}

}  // namespace kentongan::http
