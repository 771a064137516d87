// SPDX-License-Identifier: Apache-2.0
// Values of different meaning do not mix: what is said here is said to the compiler.
#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <type_traits>
#include <unordered_set>

#include "domain/ids.hpp"
#include "domain/reference.hpp"
#include "domain/time.hpp"

namespace kentongan {
namespace {

template <class A, class B>
concept Mixes = std::is_convertible_v<A, B> || std::is_constructible_v<B, A> || std::equality_comparable_with<A, B>;

static_assert(!Mixes<PlaceId, CategoryId> && !Mixes<CategoryId, PlaceId>);
static_assert(!Mixes<PlaceId, RuleIndex> && !Mixes<RuleIndex, PlaceId>);
static_assert(!Mixes<RuleId, AlertId> && !Mixes<AlertId, RuleId>);
static_assert(!Mixes<Offset, PlaceId> && !Mixes<Offset, RuleIndex>);
// Not even bare values slip in.
static_assert(!std::is_convertible_v<int, PlaceId> && !std::is_convertible_v<PlaceId, int>);
static_assert(!std::is_convertible_v<std::string, AlertId> && !std::is_convertible_v<AlertId, std::string>);
// A moment is no span, a local day no moment.
static_assert(!std::is_convertible_v<TimePoint, Duration> && !std::is_convertible_v<Duration, TimePoint>);
static_assert(!std::is_convertible_v<LocalDay, TimePoint> && !std::is_convertible_v<TimePoint, LocalDay>);
static_assert(!std::is_convertible_v<int, Duration> && !std::is_convertible_v<Duration, int>);
static_assert(!std::is_invocable_v<decltype(&Reference::place), const Reference&, CategoryId>);
static_assert(!std::is_invocable_v<decltype(&Reference::category_name), const Reference&, PlaceId>);
static_assert(!std::is_invocable_v<decltype(&LocalZone::day_of), const LocalZone&, LocalDay>);

TEST(Strong, EqualsOrdersAndHashesByItsValue) {
  EXPECT_EQ(PlaceId{3}, PlaceId{3});
  EXPECT_LT(PlaceId{3}, PlaceId{4});
  EXPECT_EQ(PlaceId{}.value(), 0U);
  EXPECT_EQ((std::unordered_set<AlertId>{AlertId{"a"}, AlertId{"a"}, AlertId{"b"}}.size()), 2U);
}

}  // namespace
}  // namespace kentongan
