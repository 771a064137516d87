// SPDX-License-Identifier: Apache-2.0
#include "domain/geo.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace kentongan {
namespace {

struct PointCase {
  GeoPoint a, b;
  double metres;
};

const std::vector<PointCase> kPoints{// by the haversine formula
                                     {{-7.98, 112.63}, {-7.975, 112.625}, 782.472704767},
                                     {{-7.98, 112.63}, {-6.2, 106.8166}, 671289.791049439},
                                     {{0, 0}, {0, 90}, 10007557.221017960},
                                     {{10, 20}, {10.000001, 20}, 0.111195080},
                                     {{-8, 179.9}, {-8, -179.9}, 22022.587254723},
                                     {{60, 10}, {-30, 100}, 12860701.362777283}};

TEST(Geo, DistancesOfPoints) {
  for (const PointCase& one : kPoints) {
    EXPECT_NEAR(distance(one.a, one.b), one.metres, 1e-6 + one.metres * 1e-9) << one.a.lat << ' ' << one.b.lat;
  }
}

struct ShapeCase {
  std::vector<GeoPoint> a, b;
  double metres;
};

const std::vector<ShapeCase> kShapes{
    // by ternary search along densely sampled arcs
    {{{-7.975, 112.625}, {-7.98, 112.63}}, {{-7.97, 112.63}}, 782.4774},
    {{{-7.975, 112.6}, {-7.975, 112.66}}, {{-7.98, 112.63}}, 555.8554},
    {{{-7.975, 112.6}, {-7.975, 112.66}}, {{-7.98, 112.7}}, 4439.7096},
    {{{-7.95, 112.6}, {-7.95, 112.62}, {-7.96, 112.66}}, {{-7.97, 112.61}, {-7.99, 112.65}}, 2223.8883},
    {{{-7.9, 112.0}, {-7.9, 113.0}}, {{-7.9, 112.5}}, 33.0273},
    {{{-7.0, 110.0}, {-7.0, 113.0}}, {{-7.5, 111.0}, {-7.5, 112.0}}, 55362.6929}};

TEST(Geo, DistancesOfLines) {
  for (const ShapeCase& one : kShapes) {
    const GeoShape a{std::nullopt, one.a, 0};
    const GeoShape b{std::nullopt, one.b, 0};
    EXPECT_NEAR(distance(a, b).value(), one.metres, 0.02) << one.a[0].lat << ' ' << one.b[0].lat;
    EXPECT_DOUBLE_EQ(distance(a, b).value(), distance(b, a).value());
  }
}

TEST(Geo, CrossingLinesTouch) {
  const std::vector<GeoPoint> east{{-7.98, 112.60}, {-7.98, 112.66}};
  const std::vector<GeoPoint> south{{-7.95, 112.63}, {-8.01, 112.63}};
  EXPECT_EQ(distance(GeoShape{std::nullopt, east, 0}, GeoShape{std::nullopt, south, 0}), 0.0);
}

TEST(Geo, RadiiAreSubtracted) {
  const GeoPoint a{-7.975, 112.625};
  const GeoPoint b{-7.975, 112.635};
  const double apart = distance(a, b);
  EXPECT_NEAR(distance(GeoShape{a, {}, 300}, GeoShape{b, {}, 200}).value(), apart - 500, 1e-6);
}

TEST(Geo, NowhereIsNearNothing) {
  EXPECT_FALSE(distance(GeoShape{}, GeoShape{GeoPoint{1, 2}, {}, 10}));
  EXPECT_FALSE(box_around(GeoShape{}, 10));
}

TEST(Geo, EqualPlacesAreNotApart) {
  const GeoPoint p{-7.9797, 112.6304};
  EXPECT_EQ(distance(p, p), 0.0);
  const std::vector<GeoPoint> line{p};
  EXPECT_EQ(distance(GeoShape{p, {}, 0}, GeoShape{std::nullopt, line, 0}), 0.0);
}

/// Long routes are compared by groups; the nearest pair is in none that is left out.
TEST(Geo, GroupsLeaveNothingOut) {
  std::vector<GeoPoint> north, south;
  for (int i = 0; i < 500; ++i) {
    const double lon = 112.5 + i * 0.0004;
    north.push_back({-7.9 + 0.01 * std::sin(i * 0.05), lon});
    south.push_back({-8.0 + 0.02 * std::sin(i * 0.031), lon});
  }
  double least = 1e9;
  for (std::size_t i = 1; i < north.size(); ++i) {
    for (std::size_t j = 1; j < south.size(); ++j) {
      const std::span one(north.data() + i - 1, 2);
      const std::span other(south.data() + j - 1, 2);
      least = std::min(least, distance(GeoShape{std::nullopt, one, 0}, GeoShape{std::nullopt, other, 0}).value());
    }
  }
  EXPECT_DOUBLE_EQ(distance(GeoShape{std::nullopt, north, 0}, GeoShape{std::nullopt, south, 0}).value(), least);
}

TEST(Geo, ABoxHoldsWhatIsNear) {
  const GeoPoint p{-7.98, 112.63};
  const GeoBox box = box_around(GeoShape{p, {}, 100}, 1900).value();
  const double degree = 6'371'008.8 * 3.14159265358979 / 180;
  EXPECT_LT(box.south, p.lat - 2000 / degree);
  EXPECT_GT(box.north, p.lat + 2000 / degree);
  EXPECT_LT(box.west, p.lon - 2000 / degree / std::cos(p.lat * 3.14159265358979 / 180));
  EXPECT_GT(box.east, p.lon + 2000 / degree / std::cos(p.lat * 3.14159265358979 / 180));
  EXPECT_FALSE(box_around(GeoShape{GeoPoint{-7.98, 179.999}, {}, 0}, 1000));
  EXPECT_FALSE(box_around(GeoShape{GeoPoint{89, 0}, {}, 0}, 1000));
  EXPECT_FALSE(box_around(GeoShape{p, {}, 1e300}, 1000));
}

}  // namespace
}  // namespace kentongan
