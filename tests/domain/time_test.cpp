// SPDX-License-Identifier: Apache-2.0
#include "domain/time.hpp"
#include "domain/time_fault.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>

namespace kentongan {
namespace {

using namespace std::chrono_literals;

std::optional<std::int64_t> ms(std::string_view text) {
  const auto time = parse_rfc3339(text);
  return time ? std::optional(time->time_since_epoch().count()) : std::nullopt;
}

TEST(Rfc3339, ReadsMomentsWithAnOffset) {
  struct Case {
    std::string_view text;
    std::int64_t ms;
  };
  for (const auto& [text, expected] : {
           Case{"1970-01-01T00:00:00Z", 0},
           {"1970-01-01T07:00:00+07:00", 0},
           {"1969-12-31T23:59:59.999Z", -1},
           {"2024-11-10T08:00:00+07:00", 1'731'200'400'000},
           {"2024-11-10T08:00:00.5+07:00", 1'731'200'400'500},
           {"2024-11-10T08:00:00.1239999+07:00", 1'731'200'400'123},
           {"2024-11-10T01:00:00-00:00", 1'731'200'400'000},
           {"2024-11-10t01:00:00z", 1'731'200'400'000},
           {"2024-02-29T00:00:00Z", 1'709'164'800'000},
           {"2016-12-31T23:59:60Z", 1'483'228'799'999},
           {"2016-12-31T23:59:60.7Z", 1'483'228'799'999},
           {"2024-11-10T00:30:00+13:45", 1'731'149'100'000},
       }) {
    EXPECT_EQ(ms(text), expected) << text;
  }
}

TEST(Rfc3339, EveryMomentHasAYearOfFourDigitsAtEveryOffset) {
  for (const std::string_view text : {"0001-01-01T14:00:00Z", "0001-01-02T04:00:00+14:00", "9999-12-31T09:59:59.999Z",
                                      "9999-12-31T23:59:59.999+14:00", "9999-12-31T09:59:60Z"}) {
    const auto time = parse_rfc3339(text);
    ASSERT_TRUE(time) << text;
    for (const auto offset : {-14h, 0h, 14h}) {
      const std::string written = format_rfc3339(*time, offset);
      EXPECT_EQ(written[4], '-') << written;
      EXPECT_NE(written.substr(0, 4), "0000") << written;
    }
  }
  for (const std::string_view text :
       {"0000-01-01T00:00:00Z", "0000-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "0001-01-01T13:59:59.999Z",
        "0001-01-01T00:00:00+07:00", "9999-12-31T10:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999+13:59"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
  EXPECT_FALSE(parse_day("0000-12-31"));
}

TEST(Rfc3339, SaysWhatIsWrong) {
  struct Case {
    std::string_view text, says;
  };
  for (const auto& [text, says] : {
           Case{"2024-02-30T08:00:00+07:00", "a day that does not exist"},
           {"2024-13-01T08:00:00+07:00", "a day that does not exist"},
           {"0000-01-01T08:00:00+07:00", "a day that does not exist"},
           {"2024-11-10T24:00:00+07:00", "a time of day that does not exist"},
           {"2024-11-10T08:00:61Z", "a time of day that does not exist"},
           {"2024-11-10T08:00:00", "has no offset"},
           {"2024-11-10T08:00:00.5", "has no offset"},
           {"2024-11-10T08:00:00+24:00", "an offset that does not exist"},
           {"2024-11-10T08:00:00+07:60", "an offset that does not exist"},
           {"9999-12-31T23:59:59Z", "outside the years 0001 to 9999"},
       }) {
    EXPECT_NE(fault_of_time(text).find(says), std::string_view::npos) << text << ": " << fault_of_time(text);
  }
  for (const std::string_view text : {"", "tomorrow", "2024-11-10", "2024-11-10T08:00:00+0700", "2024-11-10T08:00Z",
                                      "2024-11-10 08:00:00Z", "2024-11-10T08:00:00Zx", "2024-11-10T08:00:00Z"}) {
    EXPECT_EQ(fault_of_time(text), "") << text;
  }
  EXPECT_EQ(fault_of_day("2023-02-29"), "names a day that does not exist");
  EXPECT_EQ(fault_of_day("29.2.2023"), "");
}

TEST(Rfc3339, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "2024-11-10",
                                      "2024-11-10T08:00:00",
                                      "2024-11-10T08:00+07:00",
                                      "2024-11-10 08:00:00+07:00x",
                                      "2024-13-10T08:00:00Z",
                                      "2024-00-10T08:00:00Z",
                                      "2024-11-31T08:00:00Z",
                                      "2023-02-29T08:00:00Z",
                                      "2024-11-10T24:00:00Z",
                                      "2024-11-10T08:60:00Z",
                                      "2024-11-10T08:00:61Z",
                                      "2024-11-10T08:00:00.Z",
                                      "2024-11-10T08:00:00+0700",
                                      "2024-11-10T08:00:00+24:00",
                                      "2024-11-10T08:00:00+07:60",
                                      "2024-11-10T08:00:00+7:00",
                                      "24-11-10T08:00:00Z",
                                      "+2024-11-10T08:00:00Z",
                                      "2024-11-10T08:00:00Z ",
                                      " 2024-11-10T08:00:00Z",
                                      "2024-11-10T8:00:00Z",
                                      "2024-1-10T08:00:00Z",
                                      "2024-11-10T08:00:-1Z",
                                      "2024-11-10T08:00:00,5Z",
                                      "2024-11-10T08:00:00.5",
                                      "2024-11-10T08:00:00ZZ"}) {
    EXPECT_FALSE(ms(text)) << text;
  }
  const std::string good = "2024-11-10T08:00:00.25+07:00";
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(ms(good.substr(0, size))) << size;
}

TEST(Rfc3339, WritesWhatItReads) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const TimePoint time{Duration{static_cast<std::int64_t>(random() % 8'000'000'000'000ULL) - 2'000'000'000'000}};
    const auto offset = std::chrono::minutes(static_cast<int>(random() % 1680) - 840);
    const std::string text = format_rfc3339(time, offset);
    EXPECT_EQ(parse_rfc3339(text), time) << text;
    EXPECT_EQ(text.find('.') == std::string::npos, time.time_since_epoch().count() % 1000 == 0) << text;
  }
  EXPECT_EQ(format_rfc3339(TimePoint{}, 0s), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339(TimePoint{5ms}, 7h), "1970-01-01T07:00:00.005+07:00");
  EXPECT_EQ(format_rfc3339(TimePoint{-1ms}, -(3h + 30min)), "1969-12-31T20:29:59.999-03:30");
}

TEST(Duration, ReadsUnitsInFallingOrder) {
  struct Case {
    std::string_view text;
    std::optional<Duration> duration;
  };
  for (const auto& [text, expected] : {Case{"90s", 90s},
                                       {"15m", 15min},
                                       {"6h", 6h},
                                       {"3d", 72h},
                                       {"2w", 336h},
                                       {"1h30m", 90min},
                                       {"1w1d1h1m1s", 168h + 24h + 1h + 1min + 1s},
                                       {"0s", 0s},
                                       {"", {}},
                                       {"h", {}},
                                       {"1", {}},
                                       {"1x", {}},
                                       {"30m1h", {}},
                                       {"1h1h", {}},
                                       {"-1h", {}},
                                       {"1.5h", {}},
                                       {"1 h", {}},
                                       {"1h ", {}},
                                       {"1H", {}},
                                       {"99999999999999999999s", {}},
                                       {"9999999999999w", {}},
                                       {"+1h", {}}}) {
    EXPECT_EQ(parse_duration(text), expected) << text;
  }
}

TEST(Duration, WritesTheShortestText) {
  EXPECT_EQ(format_duration(0s), "0s");
  EXPECT_EQ(format_duration(90min), "1h30m");
  EXPECT_EQ(format_duration(24h), "1d");
  std::mt19937_64 random(11);
  for (int i = 0; i < 1000; ++i) {
    const Duration duration = std::chrono::seconds(random() % 100'000'000);
    EXPECT_EQ(parse_duration(format_duration(duration)), duration) << duration.count();
  }
}

TEST(Day, ReadsAndWritesCalendarDays) {
  EXPECT_EQ(format_day(*parse_day("2024-11-10")), "2024-11-10");
  EXPECT_EQ(*parse_day("2024-03-01") - *parse_day("2024-02-28"), std::chrono::days(2));
  for (const std::string_view text :
       {"", "2024-11-31", "2024-11-1", "10-11-2024", "2024-11-10T", "2023-02-29", "2024/11/10"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Zone, FollowsItsTransitions) {
  // A zone that goes from +07:00 to +08:00 at 1970-01-10T17:00Z, local midnight of the 11th, and back a day later.
  const TimePoint change{Duration{(9 * 24 + 17) * 3'600'000LL}};
  const LocalZone zone("Test/Zone", {{TimePoint{}, 7h}, {change, 8h}, {change + 48h, 7h}});
  EXPECT_EQ(zone.offset_at(TimePoint{-1000h}), 7h);
  EXPECT_EQ(zone.offset_at(change - 1ms), 7h);
  EXPECT_EQ(zone.offset_at(change), 8h);
  EXPECT_EQ(format_day(zone.day_of(change - 1ms)), "1970-01-10");
  EXPECT_EQ(format_day(zone.day_of(change)), "1970-01-11");
  EXPECT_EQ(zone.moment(*parse_day("1970-01-10")), TimePoint{Duration{(8 * 24 + 17) * 3'600'000LL}});
  EXPECT_EQ(zone.moment(*parse_day("1970-01-12"), 1h), change + 24h);
  EXPECT_EQ(zone.moment(*parse_day("1970-01-14")), TimePoint{Duration{(12 * 24 + 17) * 3'600'000LL}});
  const LocalZone utc;
  EXPECT_EQ(utc.name(), "UTC");
  EXPECT_EQ(utc.moment(*parse_day("1970-01-02"), 90min), TimePoint{Duration{25h + 30min}});
}

}  // namespace
}  // namespace kentongan
