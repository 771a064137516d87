// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reference_directory.hpp"

namespace kentongan::rules::testing {
namespace {

constexpr std::string_view kAreas = "code,name,district_code,district_name,lat,lon\n";

TEST(Areas, MakeCitiesDistrictsAndAreasSortedByCode) {
  ReferenceDirectory directory;
  directory.with("areas.csv",
                 "zone,lon,lat,district_name,district_code,remark,name,code\n"
                 "Asia/Makassar,120.5,-5.2,Somba,73.06.01,x,Bontoa,73.06.01.1002\n"
                 ",112.6,-7.9,Klojen,35.73.02,,Klojen,35.73.02.1001\n"
                 ",112.8,-8.1,Sukun,35.73.04,,\"Gadang, Lor\",35.73.04.1002\n");
  directory.with("neighbours.csv", "code_a,code_b\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  std::string codes;
  for (const auto& place : loaded.reference->places) codes += place.code + " ";
  EXPECT_EQ(codes, "35.73 35.73.02 35.73.02.1001 35.73.04 35.73.04.1002 73.06 73.06.01 73.06.01.1002 ");
  const auto& reference = *loaded.reference;
  const auto& malang = reference.place(reference.cities.at(0));
  EXPECT_EQ(malang.kind, PlaceKind::city);
  EXPECT_EQ(malang.districts.size(), 2U);
  EXPECT_EQ(malang.areas.size(), 2U);
  EXPECT_NEAR(malang.point.lat, -8.0, 1e-9);
  EXPECT_NEAR(malang.point.lon, 112.7, 1e-9);
  const auto gadang = reference.find_place("35.73.04.1002").value();
  EXPECT_EQ(reference.place(gadang).name, "Gadang, Lor");
  EXPECT_EQ(reference.place(reference.place(gadang).parent).name, "Sukun");
  EXPECT_EQ(reference.place(gadang).city, reference.cities.at(0));
  EXPECT_EQ(reference.place(gadang).areas, std::vector{gadang});
  EXPECT_EQ(reference.place(reference.cities.at(1)).zone->name(), "Asia/Makassar");
  EXPECT_EQ(malang.zone->name(), "Asia/Jakarta");
}

struct BadAreas {
  const char* name;
  std::string rows;
  const char* found;
};

class AreasRefused : public ::testing::TestWithParam<BadAreas> {};

TEST_P(AreasRefused, WithThePlaceAndTheReason) {
  ReferenceDirectory directory;
  directory.with("areas.csv", std::string(kAreas) + GetParam().rows);
  const auto loaded = directory.load();
  EXPECT_EQ(places_of(loaded.diagnostics), GetParam().found);
  EXPECT_FALSE(loaded.reference);
  for (const auto& found : loaded.diagnostics.all) {
    EXPECT_FALSE(found.message.empty());
    EXPECT_FALSE(found.hint.empty()) << found.message.en;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, AreasRefused,
    ::testing::Values(
        BadAreas{"no_rows", "", "areas.csv:1:1 no-areas\n"},
        BadAreas{"code_of_a_district", "35.73.02,K,35.73.02,K,-7,112\n", "areas.csv:2:1 bad-code\n"},
        BadAreas{"code_without_dots", "3573021001,K,35.73.02,K,-7,112\n", "areas.csv:2:1 bad-code\n"},
        BadAreas{"code_with_a_letter", "35.73.02.100A,K,35.73.02,K,-7,112\n", "areas.csv:2:1 bad-code\n"},
        BadAreas{"district_shape", "35.73.02.1001,K,35.73,K,-7,112\n", "areas.csv:2:17 bad-code\n"},
        BadAreas{"another_district", "35.73.02.1001,K,35.73.03,K,-7,112\n", "areas.csv:2:17 wrong-district\n"},
        BadAreas{"twice", "35.73.02.1001,K,35.73.02,K,-7,112\n35.73.02.1001,L,35.73.02,K,-7,112\n",
                 "areas.csv:3:1 duplicate\n"},
        BadAreas{"district_with_two_names", "35.73.02.1001,K,35.73.02,K,-7,112\n35.73.02.1002,L,35.73.02,M,-7,112\n",
                 "areas.csv:3:26 two-names\n"},
        BadAreas{"no_name", "35.73.02.1001,,35.73.02,K,-7,112\n", "areas.csv:2:15 missing-value\n"},
        BadAreas{"latitude_beyond_the_pole", "35.73.02.1001,K,35.73.02,K,-97,112\n", "areas.csv:2:28 bad-number\n"},
        BadAreas{"longitude_no_number", "35.73.02.1001,K,35.73.02,K,-7,east\n", "areas.csv:2:31 bad-number\n"},
        BadAreas{"latitude_not_finite", "35.73.02.1001,K,35.73.02,K,nan,112\n", "areas.csv:2:28 bad-number\n"},
        BadAreas{"decimal_comma", "35.73.02.1001,K,35.73.02,K,\"-7,9\",112\n", "areas.csv:2:28 bad-number\n"},
        BadAreas{"too_few_fields", "35.73.02.1001,K,35.73.02\n", "areas.csv:2:1 wrong-width\n"},
        BadAreas{"line_break_in_a_name", "35.73.02.1001,\"K\nL\",35.73.02,K,-7,112\n",
                 "areas.csv:2:15 control-character\n"},
        BadAreas{"open_quote", "35.73.02.1001,\"K,35.73.02,K,-7,112\n", "areas.csv:2:15 bad-csv\n"},
        BadAreas{"every_fault_of_the_file", "35.73,K,35.73.02,K,-7,112\n35.73.02.1001,K,35.73.03,K,-7,112\n",
                 "areas.csv:2:1 bad-code\nareas.csv:3:17 wrong-district\n"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(Areas, ZonesMustBeKnownAndOnePerCity) {
  ReferenceDirectory directory;
  directory.with("areas.csv",
                 "code,name,district_code,district_name,lat,lon,zone\n"
                 "35.73.02.1001,K,35.73.02,K,-7,112,Asia/Malang\n"
                 "35.73.02.1002,K,35.73.02,K,-7,112,Asia/Jakarta\n"
                 "35.73.02.1003,K,35.73.02,K,-7,112,Asia/Makassar\n");
  EXPECT_EQ(places_of(directory.load().diagnostics), "areas.csv:2:35 unknown-zone\nareas.csv:4:35 two-zones\n");
}

TEST(Neighbours, MayBeListedOnceOrInBothDirections) {
  for (const auto* rows :
       {"35.73.02.1001,35.73.02.1004\n", "35.73.02.1004,35.73.02.1001\n35.73.02.1001,35.73.02.1004\n"}) {
    ReferenceDirectory directory;
    directory.with("neighbours.csv", std::string("code_a,code_b\n") + rows);
    const auto loaded = directory.load();
    ASSERT_EQ(places_of(loaded.diagnostics), "");
    const auto klojen = loaded.reference->find_place("35.73.02.1001").value();
    const auto kiduldalem = loaded.reference->find_place("35.73.02.1004").value();
    EXPECT_EQ(loaded.reference->place(klojen).neighbours, std::vector{kiduldalem});
    EXPECT_EQ(loaded.reference->place(kiduldalem).neighbours, std::vector{klojen});
  }
}

TEST(Neighbours, RefusesUnknownSelfDuplicateAndOtherKinds) {
  ReferenceDirectory directory;
  directory.with("neighbours.csv",
                 "code_a,code_b\n"
                 "35.73.02.1001,35.73.02.1009\n"
                 "35.73.02.1001,35.73.02.1001\n"
                 "35.73.02.1001,35.73.02.1004\n"
                 "35.73.02.1001,35.73.02.1004\n"
                 "35.73.02,35.73.02.1004\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "neighbours.csv:2:15 unknown-area\nneighbours.csv:3:15 self-neighbour\n"
            "neighbours.csv:5:1 duplicate\nneighbours.csv:6:1 unknown-area\n");
}

TEST(Neighbours, OfTwoCitiesAreLeftOutWithAWarning) {
  ReferenceDirectory directory;
  directory.with("areas.csv",
                 std::string(kAreas) + "35.73.02.1001,K,35.73.02,K,-7,112\n35.07.01.2001,D,35.07.01,D,-8,112\n");
  directory.with("neighbours.csv", "code_a,code_b\n35.73.02.1001,35.07.01.2001\n");
  const auto loaded = directory.load();
  EXPECT_EQ(places_of(loaded.diagnostics), "neighbours.csv:2:15 other-city warning\n");
  ASSERT_TRUE(loaded.reference);
  for (const auto& place : loaded.reference->places) EXPECT_TRUE(place.neighbours.empty());
}

}  // namespace
}  // namespace kentongan::rules::testing
