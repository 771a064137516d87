// SPDX-License-Identifier: Apache-2.0
#include "rules/zone_tables.hpp"

#include <gtest/gtest.h>

namespace kentongan::rules {
namespace {

using namespace std::chrono_literals;

TimePoint at(std::string_view text) { return parse_rfc3339(text).value(); }

TEST(ZoneTables, JakartaIsSevenHoursAhead) {
  ZoneTables zones;
  const auto zone = zones.find("Asia/Jakarta");
  ASSERT_TRUE(zone);
  EXPECT_EQ((*zone)->name(), "Asia/Jakarta");
  EXPECT_EQ((*zone)->offset_at(at("2024-11-27T00:00:00Z")), 7h);
  EXPECT_EQ((*zone)->offset_at(at("2099-12-31T00:00:00Z")), 7h);
  EXPECT_EQ(format_day((*zone)->day_of(at("2024-11-26T17:00:00Z"))), "2024-11-27");
}

TEST(ZoneTables, SummerTimeChangesAtTheRightMoment) {
  ZoneTables zones;
  const auto zone = zones.find("Europe/Berlin");
  ASSERT_TRUE(zone);
  EXPECT_EQ((*zone)->offset_at(at("2024-03-31T00:59:59.999Z")), 1h);
  EXPECT_EQ((*zone)->offset_at(at("2024-03-31T01:00:00Z")), 2h);
  EXPECT_EQ((*zone)->offset_at(at("2024-10-27T01:00:00Z")), 1h);
}

TEST(ZoneTables, AZoneIsSharedAndUnknownNamesAreRefused) {
  ZoneTables zones;
  EXPECT_EQ(zones.find("Asia/Makassar").value(), zones.find("Asia/Makassar").value());
  for (const auto* name : {"Asia/Malang", "", "../../etc/passwd", "asia/jakarta"}) {
    const auto zone = zones.find(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_EQ(zone.error().kind, Error::Kind::usage);
  }
}

}  // namespace
}  // namespace kentongan::rules
