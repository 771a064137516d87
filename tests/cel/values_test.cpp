// SPDX-License-Identifier: Apache-2.0
// The parts below the language: text, numbers, times, maps, memory.
#include <gtest/gtest.h>

#include "rules/cel/map_value.hpp"
#include "rules/cel/numbers.hpp"
#include "rules/cel/owned_value.hpp"
#include "rules/cel/time_text.hpp"
#include "rules/cel/utf8.hpp"
#include "rules/cel/value_compare.hpp"
#include "rules/cel/value_text.hpp"

namespace kentongan::cel {
namespace {

TEST(Utf8, JudgesAndCounts) {
  EXPECT_TRUE(utf8::is_valid("a\xC3\xBF\xE2\x9C\x93\xF0\x9F\x98\x80"));
  EXPECT_EQ(utf8::count("a\xC3\xBF\xE2\x9C\x93\xF0\x9F\x98\x80"), 4U);
  for (const std::string_view broken :
       {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE2\x9C"}) {
    EXPECT_FALSE(utf8::is_valid(broken));
  }
  EXPECT_EQ(utf8::offset_of("\xC3\xBFx", 1), 2U);
  EXPECT_EQ(utf8::offset_of("\xC3\xBFx", 2), 3U);
  EXPECT_EQ(utf8::offset_of("\xC3\xBFx", 3), std::string_view::npos);
}

TEST(Numbers, HaveTheirShortestForm) {
  EXPECT_EQ(format_real(12.0), "12");
  EXPECT_EQ(format_real(0.1), "0.1");
  EXPECT_EQ(format_real(-0.0), "-0");
  EXPECT_EQ(format_real(1e21), "1e+21");
  EXPECT_EQ(format_real(1e20), "100000000000000000000");
  EXPECT_EQ(format_real(1e-7), "1e-07");
}

TEST(Numbers, AreReadWhole) {
  EXPECT_EQ(parse_real("1e-400"), 0.0);
  EXPECT_EQ(parse_real("1e400"), std::nullopt);
  EXPECT_EQ(parse_real("+1.5"), 1.5);
  EXPECT_EQ(parse_real("1.5 "), std::nullopt);
  EXPECT_EQ(parse_integer(""), std::nullopt);
  EXPECT_EQ(parse_integer("+-1"), std::nullopt);
  EXPECT_EQ(parse_unsigned("-1"), std::nullopt);
}

struct TimeCase {
  std::string_view text;
  std::string_view shown;  // empty: not a timestamp
};

class TimeTest : public ::testing::TestWithParam<TimeCase> {};

TEST_P(TimeTest, Reads) {
  const auto time = parse_timestamp(GetParam().text);
  EXPECT_EQ(time ? format(*time) : "", GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(Timestamps, TimeTest,
                         ::testing::Values(TimeCase{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
                                           TimeCase{"2024-02-29T23:59:59.5+07:00", "2024-02-29T16:59:59.500Z"},
                                           TimeCase{"1969-12-31T23:59:59.000001Z", "1969-12-31T23:59:59.000001Z"},
                                           TimeCase{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
                                           TimeCase{"0001-01-01T00:00:00+00:01", ""},
                                           TimeCase{"2023-02-29T00:00:00Z", ""}, TimeCase{"2024-01-01T24:00:00Z", ""},
                                           TimeCase{"2024-01-01T00:00:60Z", ""}, TimeCase{"2024-01-01T00:00:00", ""},
                                           TimeCase{"2024-01-01 00:00:00Z", ""}, TimeCase{"2024-1-1T00:00:00Z", ""},
                                           TimeCase{"2024-01-01T00:00:00.Z", ""},
                                           TimeCase{"2024-01-01T00:00:00.1234567890Z", ""},
                                           TimeCase{"2024-01-01T00:00:00+24:00", ""},
                                           TimeCase{"2024-01-01T00:00:00Zx", ""}));

TEST(Durations, AreExact) {
  EXPECT_EQ(parse_duration("1h30m"), 5'400'000'000'000);
  EXPECT_EQ(parse_duration("-1.5s"), -1'500'000'000);
  EXPECT_EQ(parse_duration("0.1h"), 360'000'000'000);
  EXPECT_EQ(parse_duration(".5s"), 500'000'000);
  EXPECT_EQ(parse_duration("0"), 0);
  EXPECT_EQ(parse_duration("2562047h47m16.854775807s"), INT64_MAX);
  for (const std::string_view broken :
       {"", "-", "1", "s", "1d", "1h 2m", "1.2.3s", ".s", "2562048h", "99999999999999999999s"}) {
    EXPECT_EQ(parse_duration(broken), std::nullopt) << broken;
  }
  EXPECT_EQ(format_duration(-500'000'000), "-0.5s");
  EXPECT_EQ(format_duration(INT64_MIN), "-9223372036.854775808s");
}

TEST(Maps, KnowEqualNumbersAsOneKey) {
  Arena arena;
  MapBuilder builder(arena);
  using enum MapBuilder::Outcome;
  EXPECT_EQ(builder.insert(Value::integer(1), Value::string("one")), inserted);
  EXPECT_EQ(builder.insert(Value::unsigned_integer(1), Value()), duplicate);
  EXPECT_EQ(builder.insert(Value::real(2), Value()), not_a_key);
  EXPECT_EQ(builder.insert(Value::unsigned_integer(UINT64_MAX), Value()), inserted);
  EXPECT_EQ(builder.insert(Value::integer(-1), Value()), inserted);
  EXPECT_EQ(builder.insert(Value::boolean(true), Value()), inserted);
  const MapValue& map = *builder.finish();
  EXPECT_EQ(map.find(Value::real(1))->as_text(), "one");
  EXPECT_EQ(map.find(Value::real(1.5)), nullptr);
  EXPECT_EQ(map.find(Value::null()), nullptr);
  EXPECT_EQ(map.size(), 4U);
}

TEST(Maps, GrowBeyondWhatIsScanned) {
  Arena arena;
  MapBuilder builder(arena);
  for (std::int64_t i = -500; i < 500; ++i) {
    ASSERT_EQ(builder.insert(Value::integer(i), Value::integer(i * i)), MapBuilder::Outcome::inserted);
  }
  const MapValue& map = *builder.finish();
  for (std::int64_t i = -500; i < 500; ++i) {
    ASSERT_EQ(map.find(Value::integer(i))->as_integer(), i * i);
  }
  EXPECT_EQ(map.find(Value::integer(500)), nullptr);
}

TEST(Arenas, StopAtTheirLimit) {
  Arena arena(1000);
  EXPECT_NE(arena.allocate(600, 8), nullptr);
  EXPECT_EQ(arena.allocate(600, 8), nullptr);
  EXPECT_NE(arena.allocate(400, 8), nullptr);
  EXPECT_EQ(arena.left(), 0U);
  arena.reset();
  EXPECT_EQ(arena.left(), 1000U);
  EXPECT_EQ(Arena().allocate_array<Value>(SIZE_MAX / 2), nullptr);
}

TEST(OwnedValues, ShareNothing) {
  std::string text = "abc";
  const std::array elements = {Value::string(text), Value::integer(1)};
  const OwnedValue copy(Value::list(elements));
  text = "xyz";
  EXPECT_EQ(to_text(copy.get(), TextStyle::literal), "[\"abc\", 1]");
}

TEST(Text, OfValues) {
  EXPECT_EQ(to_text(Value::real(1), TextStyle::literal), "1.0");
  EXPECT_EQ(to_text(Value::real(1), TextStyle::message), "1");
  EXPECT_EQ(to_text(Value::real(-1e300), TextStyle::literal), "-1e+300");
  EXPECT_EQ(to_text(Value::bytes(std::string_view("\0a", 2)), TextStyle::literal), "b\"\\x00a\"");
  EXPECT_EQ(to_text(Value::string("a\"\n"), TextStyle::literal), "\"a\\\"\\n\"");
  EXPECT_EQ(to_text(Value::duration(0), TextStyle::message), "0s");
  EXPECT_EQ(to_text(Value::type(Kind::timestamp), TextStyle::message), "google.protobuf.Timestamp");
}

}  // namespace
}  // namespace kentongan::cel
