// SPDX-License-Identifier: Apache-2.0
#include "period/span.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "period/minutes.hpp"
#include "period/words.hpp"

namespace kentongan::period {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

LocalZone malang() { return {"Asia/Jakarta", {{TimePoint{}, 7h}}}; }

TEST(Span, ADayAsItsEndIsWithinIt) {
  const auto span = Span::of("2024-11-01", "2024-11-30", malang());
  ASSERT_TRUE(span);
  EXPECT_EQ(span->days(), 30U);
  EXPECT_EQ(format_rfc3339(span->from, 7h), "2024-11-01T00:00:00+07:00");
  EXPECT_EQ(format_rfc3339(span->to, 7h), "2024-12-01T00:00:00+07:00");
  EXPECT_TRUE(span->holds(*parse_rfc3339("2024-11-30T23:59:59.999+07:00")));
  EXPECT_FALSE(span->holds(*parse_rfc3339("2024-12-01T00:00:00+07:00")));
  EXPECT_EQ(span->day_of(*parse_rfc3339("2024-11-02T06:00:00+07:00")), 1U);
}

TEST(Span, ATimeAsItsEndIsNotWithinIt) {
  const auto span = Span::of("2024-11-01T08:00:00+07:00", "2024-11-02T00:00:00+07:00", malang());
  ASSERT_TRUE(span);
  EXPECT_EQ(span->days(), 1U);
  EXPECT_FALSE(span->holds(span->to));
}

struct Wrong {
  const char *from, *to, *says;
};

TEST(Span, SaysWhatIsWrong) {
  for (const Wrong& wrong : {Wrong{"2024-11-02", "2024-11-01", "--from 2024-11-02 is not before --to 2024-11-01"},
                             Wrong{"2024-11-01T00:00:00Z", "2024-11-01T00:00:00Z", "is not before"},
                             Wrong{"kemarin", "2024-11-01", "--from: \"kemarin\" is neither a day nor a time"},
                             Wrong{"2024-11-01", "2024-02-30", "--to: \"2024-02-30\""},
                             Wrong{"1999-01-01", "2024-11-01", "more than ten years"}}) {
    const auto span = Span::of(wrong.from, wrong.to, malang());
    ASSERT_FALSE(span) << wrong.from;
    EXPECT_EQ(span.error().kind, Error::Kind::usage);
    EXPECT_THAT(span.error().message, HasSubstr(wrong.says));
  }
}

TEST(Minutes, QuantilesAreOfWholeMinutes) {
  Minutes minutes;
  EXPECT_FALSE(minutes.quantile(0.5));
  for (int i = 10; i >= 1; --i) minutes.add(std::chrono::minutes(i) + 59s);
  EXPECT_EQ(minutes.quantile(0.5), 5);
  EXPECT_EQ(minutes.quantile(0.9), 9);
  EXPECT_EQ(minutes.quantile(1), 10);
  minutes.add(std::chrono::hours(24 * 4000));
  EXPECT_EQ(minutes.quantile(1), 366 * 24 * 60);
  minutes.add(-5min);
  EXPECT_EQ(minutes.quantile(0.01), 0);
}

TEST(Words, WriteNumbersAsTheirLanguageDoes) {
  const Words indonesian(true);
  const Words english(false);
  EXPECT_EQ(indonesian.number(1234567), "1.234.567");
  EXPECT_EQ(english.number(1234), "1,234");
  EXPECT_EQ(indonesian.number(999), "999");
  EXPECT_EQ(indonesian.share(1, 8), "12,5 %");
  EXPECT_EQ(indonesian.share(0, 0), "-");
  EXPECT_EQ(indonesian.minutes(59), "59 mnt");
  EXPECT_EQ(indonesian.minutes(120), "2 jam");
  EXPECT_EQ(english.minutes(1440 + 61), "1 day 1 h");
  EXPECT_EQ(indonesian.day(*parse_day("2024-08-17")), "17 Agustus 2024");
  EXPECT_EQ(indonesian.family("own_rules"), "own rules");
}

}  // namespace
}  // namespace kentongan::period
