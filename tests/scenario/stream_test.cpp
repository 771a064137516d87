// SPDX-License-Identifier: Apache-2.0
// The stream by itself: the same bytes for the same options, and what the options do.
#include "scenario/stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "play.hpp"

namespace kentongan::scenario::testing {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

Options with_seed(std::uint64_t seed) {
  Options options;
  options.seed = seed;
  return options;
}

std::uint64_t hash_of(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return Random::key(all);
}

/// A city of two kelurahan that never changes, so that new reference data does not change the hash.
std::shared_ptr<const Reference> two_kelurahan() {
  auto reference = std::make_shared<Reference>();
  const auto add = [&](PlaceKind kind, const char* code, std::uint32_t parent, GeoPoint point) {
    Place& place = reference->places.emplace_back();
    place.kind = kind;
    place.code = place.name = code;
    place.parent = PlaceId(parent);
    place.point = point;
  };
  add(PlaceKind::city, "99.01", 0, {-7.9, 112.6});
  add(PlaceKind::district, "99.01.01", 0, {-7.9, 112.6});
  add(PlaceKind::area, "99.01.01.1001", 1, {-7.9, 112.6});
  add(PlaceKind::area, "99.01.01.1002", 1, {-7.91, 112.61});
  const std::vector<PlaceId> areas{PlaceId(2), PlaceId(3)};
  reference->places[0].areas = reference->places[1].areas = areas;
  reference->places[0].districts = {PlaceId(1)};
  reference->places[2].areas = reference->places[3].neighbours = {PlaceId(2)};
  reference->places[3].areas = reference->places[2].neighbours = {PlaceId(3)};
  reference->cities = {PlaceId(0)};
  for (const PlaceId area : areas) reference->polling_stations[area] = {{"001", {}}, {"002", {}}};
  reference->categories = builtin_categories();
  reference->build_indexes();
  return reference;
}

TEST(Stream, SameOptionsGiveTheSameBytes) {
  const Generated once = generate(with_seed(3));
  const Generated again = generate(with_seed(3));
  EXPECT_EQ(once.lines, again.lines);
  EXPECT_NE(once.lines, generate(with_seed(4)).lines);
}

TEST(Stream, ASeedMeansTheSameOnEveryMachine) {
  const auto reference = two_kelurahan();
  const Generated generated = generate(with_seed(20241127), *reference);
  EXPECT_EQ(generated.lines.size(), 702U);
  EXPECT_EQ(hash_of(generated.lines), 3101905858885092804U);
}

TEST(Stream, HasAboutAsManyLinesAsWanted) {
  for (const std::uint64_t wanted : {20'000U, 60'000U}) {
    Options options = with_seed(5);
    options.events = wanted;
    const auto lines = static_cast<double>(generate(options).counts.lines);
    EXPECT_NEAR(lines, static_cast<double>(wanted), 0.02 * static_cast<double>(wanted));
  }
  Options least = with_seed(5);
  least.events = 1;
  const Generated generated = generate(least);
  EXPECT_GT(generated.counts.lines, 5000U) << "stories and routine are there in any case";
}

TEST(Stream, CountsItsLines) {
  const Generated generated = generate(with_seed(6));
  const Counts& counts = generated.counts;
  EXPECT_EQ(generated.lines.size(), counts.lines);
  EXPECT_EQ(counts.reports + counts.campaigns + counts.consignments + counts.readiness + counts.malformed,
            counts.lines);
  EXPECT_EQ(generated.labels.size(), counts.stories);
}

TEST(Stream, HasAtLeastTwentyKindsOfStories) {
  std::set<std::string> kinds, names;
  for (const Label& label : generate(with_seed(7)).labels) {
    kinds.insert(label.kind);
    EXPECT_TRUE(names.insert(label.story).second) << label.story;
    EXPECT_THAT(label.areas, Not(IsEmpty()));
    EXPECT_LE(label.from, label.expected_by) << label.story;
  }
  EXPECT_THAT(kinds, SizeIs(Ge(40U)));
}

TEST(Stream, WithoutNoiseNothingIsWrongOrTwice) {
  Options options = with_seed(8);
  options.noise = {0, 0, 0, 0, 0, 0};
  options.stories = 0;
  const Generated generated = generate(options);
  const Counts& counts = generated.counts;
  EXPECT_EQ(counts.duplicates + counts.late + counts.corrections + counts.refutations + counts.malformed, 0U);
  EXPECT_THAT(generated.labels, IsEmpty());
  EXPECT_THAT(generated.lines, Each(Not(HasSubstr("refuted"))));
}

TEST(Stream, ReportsFollowTheDayAndTheWeek) {
  Options options = with_seed(9);
  options.stories = 0;
  options.events = 60'000;
  std::array<int, 24> hours{};
  for (const std::string& line : generate(options).lines) {
    if (!line.starts_with(R"({"specversion":"1.0","id":"e)")) continue;
    const auto at = line.find("\"time\":\"2024-");
    if (at != std::string::npos) ++hours[static_cast<std::size_t>(std::stoi(line.substr(at + 19, 2)))];
  }
  EXPECT_LT(hours[3] * 5, hours[8]);
  EXPECT_LT(hours[3] * 5, hours[19]);
}

TEST(Stream, FewerDaysHaveFewerStories) {
  Options options = with_seed(10);
  options.days = 3;
  const Generated generated = generate(options);
  EXPECT_THAT(generated.labels, SizeIs(AllOf(Ge(4U), Le(20U))));
  const Setting setting(*pack().reference, options);
  for (const Label& label : generated.labels) EXPECT_GE(label.from, setting.timetable.at(-2, Duration(0)));
}

}  // namespace
}  // namespace kentongan::scenario::testing
