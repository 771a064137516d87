// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reference_directory.hpp"

namespace kentongan::rules::testing {
namespace {

TEST(ReferenceLoader, ReadsTheSmallestDirectory) {
  const auto loaded = ReferenceDirectory().load();
  EXPECT_EQ(places_of(loaded.diagnostics), "");
  ASSERT_TRUE(loaded.reference);
  EXPECT_EQ(loaded.reference->places.size(), 4U);
  EXPECT_EQ(loaded.reference->categories.size(), builtin_categories().size());
}

TEST(ReferenceLoader, NamesEachMissingFile) {
  for (const auto* file : {"areas.csv", "neighbours.csv", "calendar.csv"}) {
    ReferenceDirectory directory;
    const auto loaded = directory.without(file).load();
    EXPECT_EQ(places_of(loaded.diagnostics), std::string(file) + ":0:0 missing-file\n");
    EXPECT_FALSE(loaded.reference);
  }
}

TEST(ReferenceLoader, AMissingDirectoryIsNamed) {
  const auto loaded = load_reference("/nowhere/reference");
  ASSERT_EQ(loaded.diagnostics.all.size(), 1U);
  EXPECT_EQ(loaded.diagnostics.all[0].file, "/nowhere/reference");
  EXPECT_EQ(loaded.diagnostics.all[0].code, "missing-directory");
  EXPECT_FALSE(loaded.reference);
}

TEST(ReferenceLoader, MissingAndDoubledColumnsAreTold) {
  ReferenceDirectory directory;
  directory.with("calendar.csv", "election,stage,first,last_day\n").with("neighbours.csv", "");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "calendar.csv:1:1 missing-column\nneighbours.csv:1:1 missing-column\n");
  directory.with("calendar.csv", "election,stage,stage,first_day,last_day\n").with("neighbours.csv", "code_a,code_b\n");
  EXPECT_EQ(places_of(directory.load().diagnostics), "calendar.csv:1:16 duplicate-column\n");
}

TEST(ReferenceLoader, RefusesWhatIsNotText) {
  const std::string header = "election,stage,first_day,last_day\n";
  for (const auto& bad :
       {std::string("\xFF"), std::string("\0", 1), std::string("\xC0\x80"), std::string("\xED\xA0\x80")}) {
    ReferenceDirectory directory;
    directory.with("calendar.csv", header + "ab" + bad + ",a,2024-01-01,2024-01-01\n");
    EXPECT_EQ(places_of(directory.load().diagnostics), "calendar.csv:2:3 not-utf8\n");
  }
}

TEST(ReferenceLoader, ADirectoryInTheFilesPlaceIsUnreadable) {
  ReferenceDirectory directory;
  directory.without("calendar.csv");
  std::filesystem::create_directory(directory.path() / "calendar.csv");
  EXPECT_EQ(places_of(directory.load().diagnostics), "calendar.csv:0:0 unreadable-file\n");
}

TEST(ReferenceLoader, ManyFindingsAreCutOff) {
  std::string rows = "election,stage,first_day,last_day\n";
  for (int i = 0; i < 5000; ++i) rows += "p,a,x,2024-01-01\n";
  ReferenceDirectory directory;
  directory.with("calendar.csv", rows);
  const auto loaded = directory.load();
  ASSERT_EQ(loaded.diagnostics.all.size(), 1001U);
  EXPECT_EQ(loaded.diagnostics.all.back().code, "too-many-problems");
}

}  // namespace
}  // namespace kentongan::rules::testing
