// SPDX-License-Identifier: Apache-2.0
#include "app/dead_letters.hpp"

#include <gtest/gtest.h>

namespace kentongan::app {
namespace {

TEST(DeadLetters, AreTakenApart) {
  const auto letter = read_dead_letter(
      R"({"specversion":"1.0","id":"dead-1","source":"/kentongan/35.73","type":"kentongan.deadletter.v1",)"
      R"("time":"2024-11-10T08:00:00+07:00","data":{"reason":"invalid_event","pointer":"/data/area",)"
      R"("message":"is \"missing\"","raw_base64":"eyJpZCI6MX0="}})");
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->id, "dead-1");
  EXPECT_EQ(letter->city, "35.73");
  EXPECT_EQ(letter->time, "2024-11-10T08:00:00+07:00");
  EXPECT_EQ(letter->reason, "invalid_event");
  EXPECT_EQ(letter->pointer, "/data/area");
  EXPECT_EQ(letter->message, "is \"missing\"");
  EXPECT_EQ(letter->raw, R"({"id":1})");
  EXPECT_EQ(letter->headers.size(), 5U);
}

TEST(DeadLetters, MayLackCityAndBytes) {
  const auto letter = read_dead_letter(
      R"({"id":"dead-2","source":"/kentongan","type":"kentongan.deadletter.v1","data":{"reason":"personal_data"}})");
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->city, "");
  EXPECT_EQ(letter->raw, std::nullopt);
}

TEST(DeadLetters, OtherEventsAreNone) {
  EXPECT_FALSE(read_dead_letter(R"({"id":"a","type":"kentongan.alert.v1","data":{"reason":"x"}})"));
  EXPECT_FALSE(read_dead_letter("[]"));
  EXPECT_FALSE(read_dead_letter("{"));
}

}  // namespace
}  // namespace kentongan::app
