// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "domain/event.hpp"

namespace kentongan {

/// Mean radius of the earth, in metres.
inline constexpr double kEarthRadius = 6'371'008.8;

/// Great-circle distance in metres.
[[nodiscard]] double distance(GeoPoint a, GeoPoint b);

/// Where something takes place: a point, a line of points (arcs of great circles between them), or both.
struct GeoShape {
  std::optional<GeoPoint> point;
  std::span<const GeoPoint> line;
  double radius_m = 0;  ///< around all of it

  [[nodiscard]] bool empty() const noexcept { return !point && line.empty(); }
};

/// The least distance in metres between any two places of the two shapes, radii subtracted (so it may be
/// negative). None when one of them is nowhere.
[[nodiscard]] std::optional<double> distance(const GeoShape& a, const GeoShape& b);

/// Degrees that hold a shape and all that is at most `reach_m` away from it.
struct GeoBox {
  double south = 0, west = 0, north = 0, east = 0;
};
/// None where degrees of longitude are of no use: near the poles, across the date line, or too wide.
[[nodiscard]] std::optional<GeoBox> box_around(const GeoShape& shape, double reach_m);

}  // namespace kentongan
