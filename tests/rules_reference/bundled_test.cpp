// SPDX-License-Identifier: Apache-2.0
// The reference data of Kota Malang that come with the product.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "rules/reference_loader.hpp"

namespace kentongan::rules {
namespace {

class Bundled : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = load_reference(KENTONGAN_SOURCE_DIR "/rules/reference");
    for (const auto& found : loaded.diagnostics.all)
      ADD_FAILURE() << found.file << ":" << found.line << found.message.en;
    ASSERT_TRUE(loaded.reference);
    reference = loaded.reference;
  }
  std::shared_ptr<const Reference> reference;
};

TEST_F(Bundled, HasTheKelurahanOfTheCity) {
  ASSERT_EQ(reference->cities.size(), 1U);
  const auto& city = reference->place(reference->cities.front());
  EXPECT_EQ(city.code, "35.73");
  EXPECT_EQ(city.districts.size(), 5U);
  EXPECT_EQ(city.areas.size(), 57U);
  EXPECT_EQ(city.zone->name(), "Asia/Jakarta");
  EXPECT_EQ(reference->place(reference->find_place("35.73.02.1004").value()).name, "Kiduldalem");
}

TEST_F(Bundled, HasNeighboursInBothDirections) {
  std::size_t ends = 0;
  for (const auto& place : reference->places) {
    const auto self = reference->find_place(place.code).value();
    for (const auto neighbour : place.neighbours) {
      EXPECT_TRUE(std::ranges::binary_search(reference->place(neighbour).neighbours, self)) << place.code;
    }
    ends += place.neighbours.size();
  }
  EXPECT_EQ(ends, 2U * 145U);
}

TEST_F(Bundled, HasThePollingStationsOfFebruary2024) {
  const auto sum =
      std::accumulate(reference->polling_stations.begin(), reference->polling_stations.end(), std::size_t{0},
                      [](std::size_t n, const auto& entry) { return n + entry.second.size(); });
  EXPECT_EQ(sum, 2440U);
}

TEST_F(Bundled, HasStagesDaysSitesRoutesAndRoles) {
  EXPECT_EQ(reference->stages.size(), 20U);
  EXPECT_TRUE(std::ranges::any_of(
      reference->days, [](const auto& day) { return format_day(day.day) == "2024-11-27" && day.kind == "holiday"; }));
  EXPECT_TRUE(std::ranges::all_of(reference->sites, [](const auto& site) { return site.id.starts_with("gudang-"); }));
  EXPECT_FALSE(reference->sites.empty());
  EXPECT_FALSE(reference->routes.empty());
  EXPECT_TRUE(std::ranges::binary_search(reference->roles, std::string("bawaslu_kota")));
}

}  // namespace
}  // namespace kentongan::rules
