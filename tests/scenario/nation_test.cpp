// SPDX-License-Identifier: Apache-2.0
#include "scenario/nation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "play.hpp"
#include "process.hpp"
#include "rules/reference_loader.hpp"

namespace kentongan::scenario::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::shared_ptr<const Reference> loaded(const NationSize& size) {
  const auto files = nation_files(*pack().reference, size);
  if (!files) return nullptr;
  const app::testing::TemporaryFolder folder;
  for (const ReferenceFile& file : *files) app::testing::write_file(folder.path() / file.name, file.text);
  auto reference = rules::load_reference(folder.path());
  for (const auto& diagnostic : reference.diagnostics.all) ADD_FAILURE() << diagnostic.message.en;
  return reference.reference;
}

TEST(Nation, HasAsManyCitiesAndKelurahanAsWanted) {
  const auto reference = loaded({3, 20});
  ASSERT_NE(reference, nullptr);
  ASSERT_THAT(reference->cities, SizeIs(3));
  for (const PlaceId city : reference->cities) EXPECT_THAT(reference->place(city).areas, SizeIs(20));
  EXPECT_EQ(reference->stages.size(), pack().reference->stages.size());
  EXPECT_EQ(reference->days.size(), pack().reference->days.size());
}

TEST(Nation, BeginsWithTheModelsCityAsItIs) {
  const auto reference = loaded({2, std::nullopt});
  ASSERT_NE(reference, nullptr);
  const Reference& model = *pack().reference;
  const Place& city = reference->place(reference->cities.front());
  EXPECT_EQ(city.code, model.place(model.cities.front()).code);
  ASSERT_EQ(city.areas.size(), model.place(model.cities.front()).areas.size());
  for (std::size_t i = 0; i < city.areas.size(); ++i) {
    const Place& area = reference->place(city.areas[i]);
    const Place& original = model.place(model.place(model.cities.front()).areas[i]);
    EXPECT_EQ(area.name, original.name);
    EXPECT_EQ(area.neighbours.size(), original.neighbours.size());
  }
}

TEST(Nation, InventedKelurahanHaveNeighboursAndStations) {
  const auto reference = loaded({2, 200});
  ASSERT_NE(reference, nullptr);
  for (const PlaceId city : reference->cities) {
    for (const PlaceId area : reference->place(city).areas) {
      EXPECT_THAT(reference->place(area).neighbours, SizeIs(::testing::Ge(2U)));
      EXPECT_GE(reference->polling_stations.at(area).size(), 15U);
    }
  }
}

TEST(Nation, OfTheWholeCountryCanBeGenerated) {
  const auto reference = loaded({514, 3});
  ASSERT_NE(reference, nullptr);
  Options options;
  options.days = 2;
  options.events = 1;
  const Generated generated = generate(options, *reference);
  EXPECT_EQ(generated.head.areas, 514U * 3);
  EXPECT_GT(generated.counts.stories, 514U);
}

TEST(Nation, RefusesWhatIsTooLarge) {
  const auto none = nation_files(*pack().reference, {0, 5});
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().message, HasSubstr("1 to 1000"));
  EXPECT_FALSE(nation_files(*pack().reference, {1, 1001}).has_value());
  EXPECT_FALSE(nation_files(Reference{}, {1, 5}).has_value());
}

}  // namespace
}  // namespace kentongan::scenario::testing
