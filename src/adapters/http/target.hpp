// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/http/reply.hpp"

namespace kentongan::http {

enum class Route : unsigned char {
  index,
  events,
  alerts,
  alert,
  alert_actions,
  answer,
  callback,
  stream,
  risk,
  area,
  geo_areas,
  rules,
  rules_check,
  livez,
  readyz,
  metrics,
  none
};

/// The endpoints, in one table. docs/openapi.yaml has the same ones; a test compares them.
struct RouteSpec {
  Route route;
  std::string_view pattern;  ///< one `{name}` stands for one segment; also the metric label
  bool posts;                ///< POST; else GET and HEAD
  std::string_view summary;
  bool reads_too = false;  ///< of one that posts: GET and HEAD beside it
  /// For people and services outside: any Host and Origin is good, as what is asked for carries its right in itself.
  bool outside = false;

  [[nodiscard]] bool reads() const noexcept { return !posts || reads_too; }
};
[[nodiscard]] std::span<const RouteSpec> all_routes();
/// Of `none` the pattern is "other".
[[nodiscard]] const RouteSpec& spec_of(Route route);
/// The value of Allow.
[[nodiscard]] std::string_view allowed_methods(Route route);

/// A request target, cut up and percent-decoded.
struct Target {
  Route route = Route::none;
  std::string argument;  ///< what stood for `{name}`
  std::vector<std::pair<std::string, std::string>> query;
  std::optional<std::string> authority;  ///< of an absolute target (http://host/path); it replaces Host

  /// The first parameter of that name.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// `/path?query` or `http://host/path?query`. An unknown path is Route::none, not a refusal.
[[nodiscard]] tl::expected<Target, Refusal> read_target(std::string_view text);

}  // namespace kentongan::http
