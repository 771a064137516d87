// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reference_directory.hpp"

namespace kentongan::rules::testing {
namespace {

TEST(PollingStations, ANumberMakesThemFrom001) {
  ReferenceDirectory directory;
  directory.with("polling_stations.csv", "code,polling_stations\n35.73.02.1001,3\n35.73.02.1004,0\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  const auto& stations = loaded.reference->polling_stations.at(loaded.reference->find_place("35.73.02.1001").value());
  ASSERT_EQ(stations.size(), 3U);
  EXPECT_EQ(stations[0].tps, "001");
  EXPECT_EQ(stations[2].tps, "003");
  EXPECT_FALSE(stations[0].location);
}

TEST(PollingStations, ALineEachMayCarryAPoint) {
  ReferenceDirectory directory;
  directory.with("polling_stations.csv",
                 "code,tps,lat,lon\n35.73.02.1001,12,-7.9,112.6\n35.73.02.1001,2,,\n35.73.02.1001,khusus-1,,\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  const auto& stations = loaded.reference->polling_stations.at(loaded.reference->find_place("35.73.02.1001").value());
  ASSERT_EQ(stations.size(), 3U);
  EXPECT_EQ(stations[0].tps, "002");
  EXPECT_FALSE(stations[0].location);
  EXPECT_EQ(stations[1].tps, "012");
  EXPECT_EQ(stations[1].location.value().lon, 112.6);
  EXPECT_EQ(stations[2].tps, "khusus-1");
}

TEST(PollingStations, RefusesWhatItCannotCount) {
  ReferenceDirectory directory;
  directory.with("polling_stations.csv",
                 "code,polling_stations\n35.73.02.1001,-1\n35.73.02.1001,x\n35.73.02,3\n35.73.02.1009,3\n"
                 "35.73.02.1001,2\n35.73.02.1001,2\n35.73.02.1004,99999\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "polling_stations.csv:2:15 bad-number\npolling_stations.csv:3:15 bad-number\n"
            "polling_stations.csv:4:1 unknown-area\npolling_stations.csv:5:1 unknown-area\n"
            "polling_stations.csv:7:1 duplicate\npolling_stations.csv:8:15 bad-number\n");
}

TEST(PollingStations, TheSameOneWithAndWithoutZerosIsADuplicate) {
  ReferenceDirectory directory;
  directory.with("polling_stations.csv", "code,tps,lat,lon\n35.73.02.1001,2,,\n35.73.02.1001,002,,\n");
  EXPECT_EQ(places_of(directory.load().diagnostics), "polling_stations.csv:3:15 duplicate\n");
}

TEST(PollingStations, TheHeaderDecidesTheShape) {
  for (const auto* header : {"code\n", "code,tps,polling_stations\n"}) {
    ReferenceDirectory directory;
    directory.with("polling_stations.csv", header);
    EXPECT_EQ(places_of(directory.load().diagnostics), "polling_stations.csv:1:1 missing-column\n");
  }
}

TEST(Sites, AreKnownByIdAndMayStandAnywhere) {
  ReferenceDirectory directory;
  directory.with("sites.csv",
                 "site,name,area,kind,lat,lon\nstore-klojen,Gudang,35.73.02.1004,logistics_store,-7.9,112.6\n"
                 "store-city,Gudang,35.73,logistics_store,,\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  ASSERT_EQ(loaded.reference->sites.size(), 2U);
  EXPECT_EQ(loaded.reference->sites[0].kind, "logistics_store");
  EXPECT_EQ(loaded.reference->place(loaded.reference->sites[0].area).code, "35.73.02.1004");
  EXPECT_FALSE(loaded.reference->sites[1].location);
}

TEST(Sites, RefusesUnknownPlacesDuplicatesAndHalfAPoint) {
  ReferenceDirectory directory;
  directory.with("sites.csv",
                 "site,name,area,kind,lat,lon\na,A,35.99,store,,\nb,B,35.73,store,,\nb,B,35.73,store,,\n"
                 "c,C,35.73,store,-7.9,\nd,D,35.73,,,\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "sites.csv:2:5 unknown-area\nsites.csv:4:1 duplicate\nsites.csv:5:22 bad-number\n"
            "sites.csv:6:11 missing-value\n");
}

}  // namespace
}  // namespace kentongan::rules::testing
