// SPDX-License-Identifier: Apache-2.0
// A frame fits its terminal, whatever is in it.
#include "app/demo/frame.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/demo/frame_words.hpp"
#include "app/demo/officers.hpp"
#include "small_reference.hpp"

namespace kentongan::app::demo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TimePoint at(const char* time) { return *parse_rfc3339(time); }

CityView busy_city() {
  CityView city;
  for (int d = 0; d < 5; ++d) {
    DistrictView district{"Kedungkandang Panjang " + std::to_string(d), {}};
    for (int a = 0; a < 12 + d; ++a) {
      district.areas.push_back({"35.73.01.1001", "Kelurahan yang namanya panjang", static_cast<Level>(a % 4), 1234.5});
    }
    city.districts.push_back(district);
  }
  for (int i = 0; i < 40; ++i) {
    AlertView alert;
    alert.id = "35.73-" + std::to_string(i);
    alert.rule = "repeated-intimidation";
    alert.area = "35.73.01.1001";
    alert.message = {
        "Intimidasi berulang di Kélurahan yang namanya panjang sekali: 4 laporan dari 3 sumber dalam sehari",
        "Repeated intimidation"};
    alert.reason_code = "count_reached";
    alert.reason = "4 events within 1d, at least 3 are needed";
    alert.count = 4;
    alert.distinct = 3;
    alert.state = i % 2 == 0 ? "firing" : "acknowledged";
    alert.level = static_cast<Level>(1 + i % 3);
    alert.since = at("2024-11-10T08:00:00+07:00");
    alert.to = {"lurah", "polsek", "bawaslu_kota", "camat", "bakesbangpol", "forkopimda"};
    city.alerts.push_back(alert);
  }
  return city;
}

Telling telling() {
  Telling told;
  told.clock = at("2024-11-10T09:30:00+07:00");
  told.speed = "3600x";
  told.url = "http://127.0.0.1:40123";
  told.sent = 12345;
  return told;
}

/// Columns of a line without its colours.
std::size_t columns_of(const std::string& line) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\033') {
      i = line.find('m', i);
    } else if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) {
      ++columns;
    }
  }
  return columns;
}

TEST(Frame, FitsEveryTerminal) {
  const auto reference = codec::small_reference();
  for (const CityView& city : {busy_city(), CityView{}}) {
    for (std::size_t width = 40; width <= 200; width += 7) {
      for (std::size_t height = 16; height <= 60; height += 11) {
        for (const bool colour : {true, false}) {
          const auto lines = frame_of(city, telling(), *reference, {width, height, colour, colour, !colour});
          EXPECT_EQ(lines.size(), height);
          for (const std::string& line : lines) EXPECT_LE(columns_of(line), width) << line;
        }
      }
    }
  }
}

TEST(Frame, ShowsWhatIsAsked) {
  const auto lines = frame_of(busy_city(), telling(), *codec::small_reference(), {80, 30, false, false, false});
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  for (const char* part : {"Sun 10 Nov 2024 09:30", "3600x", "12,345 events", "20 unanswered, 20 answered", "# awas",
                           "waspada", "why: 4 events within 1d", "lurah, polsek", "http://127.0.0.1:40123"}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
  EXPECT_THAT(all, Not(HasSubstr("\033")));
}

TEST(Frame, SpeaksIndonesian) {
  const auto lines = frame_of(busy_city(), telling(), *codec::small_reference(), {100, 30, false, false, true});
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  for (const char* part :
       {"Min 10 Nov 2024 09.30", "12.345 kejadian", "sebab: 4 kejadian, 3 sumber", "belum dijawab"}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
}

TEST(Words, BreakAtBlanks) {
  EXPECT_THAT(wrapped("satu dua tiga empat", 9, 3), ElementsAre("satu dua", "tiga", "empat"));
  EXPECT_THAT(wrapped("satu dua tiga empat", 9, 2), ElementsAre("satu dua", "tiga em.."));
  EXPECT_THAT(wrapped("panjangsekali", 5, 2), ElementsAre("panja", "ngs.."));
  EXPECT_EQ(shortened("ééééé", 4), "éé..");
  EXPECT_EQ(fitted("é", 3), "é  ");
}

TEST(Officers, AnswerEachAlertAsTheSeedSays) {
  const CityView city = busy_city();
  const auto all = [&](std::uint64_t seed) {
    Officers officers(seed);
    std::string told;
    for (int hour = 0; hour < 24; ++hour) {
      for (const auto& answer : officers.due(city.alerts, at("2024-11-10T08:00:00+07:00") + std::chrono::hours(hour))) {
        told += answer.alert + ' ' + answer.action + '\n';
      }
    }
    return told;
  };
  EXPECT_EQ(all(1), all(1));
  EXPECT_NE(all(1), all(2));
  EXPECT_THAT(all(1), HasSubstr("acknowledge"));
  EXPECT_THAT(all(1), HasSubstr("resolve"));
}

}  // namespace
}  // namespace kentongan::app::demo
