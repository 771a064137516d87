// SPDX-License-Identifier: Apache-2.0
// Distances on a sphere by unit vectors: the angle between u and v is atan2(|u x v|, u . v), which is exact for
// equal points and loses no digits for near ones. An arc's nearest place to a point is where the plane through
// the point and the arc's normal cuts the arc, if it does, else one of its ends.
#include "domain/geo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace kentongan {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
constexpr double kMostLatitude = 85;

struct Vector {
  double x, y, z;
};

Vector unit(GeoPoint p) {
  const double lat = p.lat * kRadians;
  const double lon = p.lon * kRadians;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}
double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
Vector cross(Vector a, Vector b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
double length(Vector a) { return std::sqrt(dot(a, a)); }
double angle(Vector a, Vector b) { return std::atan2(length(cross(a, b)), dot(a, b)); }

/// From `a` to `b` the short way; a point where they are equal.
struct Arc {
  Vector a, b, normal;
};

bool is_point(const Arc& arc) { return length(arc.normal) < 1e-15; }

/// The point, which is in the arc's plane or projected onto it, lies between its ends.
bool spans(const Arc& arc, Vector p) {
  return dot(cross(arc.a, p), arc.normal) >= 0 && dot(cross(p, arc.b), arc.normal) >= 0;
}

double angle_to(const Arc& arc, Vector p) {
  const double ends = std::min(angle(arc.a, p), angle(arc.b, p));
  if (is_point(arc)) return ends;
  const double height = dot(p, arc.normal) / length(arc.normal);
  const Vector foot{p.x - height * arc.normal.x / length(arc.normal), p.y - height * arc.normal.y / length(arc.normal),
                    p.z - height * arc.normal.z / length(arc.normal)};
  if (!spans(arc, foot)) return ends;
  return std::min(ends, std::abs(std::asin(std::clamp(height, -1.0, 1.0))));
}

bool cut(const Arc& one, const Arc& other) {
  if (is_point(one) || is_point(other)) return false;
  const Vector line = cross(one.normal, other.normal);
  if (length(line) < 1e-24) return false;  // on one great circle: then an end of one lies on the other
  const Vector back{-line.x, -line.y, -line.z};
  return (spans(one, line) && spans(other, line)) || (spans(one, back) && spans(other, back));
}

double angle_between(const Arc& one, const Arc& other) {
  if (cut(one, other)) return 0;
  return std::min({angle_to(one, other.a), angle_to(one, other.b), angle_to(other, one.a), angle_to(other, one.b)});
}

std::vector<Arc> arcs_of(const GeoShape& shape) {
  std::vector<Arc> arcs;
  const auto add = [&](Vector a, Vector b) { arcs.push_back({a, b, cross(a, b)}); };
  if (shape.point) add(unit(*shape.point), unit(*shape.point));
  if (shape.line.size() == 1) add(unit(shape.line[0]), unit(shape.line[0]));
  for (std::size_t i = 1; i < shape.line.size(); ++i) add(unit(shape.line[i - 1]), unit(shape.line[i]));
  return arcs;
}

/// Some arcs in a row, and a cap of the sphere that holds them.
struct Group {
  std::span<const Arc> arcs;
  Vector centre;
  double radius;
};
constexpr std::size_t kGroup = 32;

std::vector<Group> groups_of(std::span<const Arc> arcs) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < arcs.size(); i += kGroup) {
    Group group{arcs.subspan(i, std::min(kGroup, arcs.size() - i)), {0, 0, 0}, 0};
    Vector& sum = group.centre;
    for (const Arc& arc : group.arcs)
      sum = {sum.x + arc.a.x + arc.b.x, sum.y + arc.a.y + arc.b.y, sum.z + arc.a.z + arc.b.z};
    for (const Arc& arc : group.arcs) group.radius = std::max({group.radius, angle(sum, arc.a), angle(sum, arc.b)});
    // A cap of a quarter of the sphere or more need not hold the arcs between its points.
    if (group.radius > 1.5) group.radius = std::numbers::pi;
    groups.push_back(group);
  }
  return groups;
}

/// Groups that are too far apart to matter are left out, so that long routes are compared in little time.
double least_angle(std::span<const Arc> a, std::span<const Arc> b) {
  double least = std::numeric_limits<double>::infinity();
  const std::vector<Group> others = groups_of(b);
  for (const Group& one : groups_of(a)) {
    for (const Group& other : others) {
      if (angle(one.centre, other.centre) - one.radius - other.radius > least) continue;
      for (const Arc& arc : one.arcs) {
        for (const Arc& against : other.arcs) least = std::min(least, angle_between(arc, against));
      }
      if (least <= 0) return 0;
    }
  }
  return least;
}

}  // namespace

double distance(GeoPoint a, GeoPoint b) { return kEarthRadius * angle(unit(a), unit(b)); }

std::optional<double> distance(const GeoShape& a, const GeoShape& b) {
  if (a.empty() || b.empty()) return std::nullopt;
  return kEarthRadius * least_angle(arcs_of(a), arcs_of(b)) - a.radius_m - b.radius_m;
}

std::optional<GeoBox> box_around(const GeoShape& shape, double reach_m) {
  if (shape.empty()) return std::nullopt;
  const GeoPoint first = shape.point ? *shape.point : shape.line.front();
  GeoBox box{first.lat, first.lon, first.lat, first.lon};
  for (const GeoPoint p : shape.line) {
    box.south = std::min(box.south, p.lat);
    box.north = std::max(box.north, p.lat);
    box.west = std::min(box.west, p.lon);
    box.east = std::max(box.east, p.lon);
  }
  // An arc of a great circle bulges beyond its ends' latitudes, less than an eighth of its width squared (radians).
  const double width = (box.east - box.west) * kRadians;
  if (width > 0.5) return std::nullopt;
  const double reach = (reach_m + shape.radius_m) * 1.001 / kEarthRadius / kRadians + width * width / 8 / kRadians;
  box.south -= reach;
  box.north += reach;
  if (std::max(-box.south, box.north) > kMostLatitude) return std::nullopt;
  const double wider = reach / std::cos(std::max(-box.south, box.north) * kRadians);
  box.west -= wider;
  box.east += wider;
  if (box.west < -180 || box.east > 180) return std::nullopt;
  return box;
}

}  // namespace kentongan
