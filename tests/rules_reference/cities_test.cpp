// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reference_directory.hpp"

namespace kentongan::rules::testing {
namespace {

std::string name_of_city(const LoadedReference& loaded) {
  return loaded.reference->place(loaded.reference->cities.at(0)).name;
}

TEST(Cities, AreCalledByTheirCodeWhereNothingNamesThem) {
  ReferenceDirectory directory;
  EXPECT_EQ(name_of_city(directory.load()), "35.73");
}

TEST(Cities, HaveTheNameOfTheirLine) {
  ReferenceDirectory directory;
  directory.with("cities.csv", "code,name\n35.73,\"Malang, Kota\"\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  EXPECT_EQ(name_of_city(loaded), "Malang, Kota");
}

TEST(Cities, LinesThatNameNoCityAreTold) {
  ReferenceDirectory directory;
  directory.with("cities.csv", "code,name\n35.73.02,Klojen\n35.99,Atlantis\n35.73,Kota Malang\n35.73,Malang\n35.73,\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "cities.csv:2:1 bad-code\ncities.csv:3:1 unknown-area\ncities.csv:5:1 duplicate\n"
            "cities.csv:6:7 missing-value\n");
}

}  // namespace
}  // namespace kentongan::rules::testing
