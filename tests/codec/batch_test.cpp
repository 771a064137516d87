// SPDX-License-Identifier: Apache-2.0
#include "codec/batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace kentongan::codec {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using Texts = std::vector<std::string_view>;

Texts parts(std::string_view body, BodyShape shape) {
  auto cut = split(body, shape);
  EXPECT_TRUE(cut) << body << ": " << (cut ? "" : cut.error().message);
  return cut.value_or(Texts{});
}

struct Case {
  std::string_view body;
  Texts events;
};

TEST(Batch, ElementsOfAnArray) {
  const Case cases[] = {
      {"[]", {}},
      {" [ ] ", {}},
      {R"([{"a":1}])", {R"({"a":1})"}},
      {"[ {\"a\":1} ,\n{\"b\":[1,2]} ]\n", {R"({"a":1})", R"({"b":[1,2]})"}},
      {R"([{"a":"],[\"{"},{}])", {R"({"a":"],[\"{"})", "{}"}},
      {R"(["\\",1])", {R"("\\")", "1"}},
      {"[1,2]", {"1", "2"}},
      {"[{},]", {"{}", ""}},
      {"[,]", {"", ""}},
      // A broken element leaves its neighbours alone.
      {R"([{"a":[},{"b":1}])", {R"({"a":[})", R"({"b":1})"}},
      {R"([{"a":1}},{"b":1}])", {R"({"a":1}})", R"({"b":1})"}},
      {"[{\"a\":\"x\n},{\"b\":1}]", {"{\"a\":\"x\n}", R"({"b":1})"}},
      {R"([nonsense,{"b":1}])", {"nonsense", R"({"b":1})"}},
  };
  for (const auto& [body, events] : cases) {
    EXPECT_THAT(parts(body, BodyShape::batch), ElementsAreArray(events)) << body;
    EXPECT_THAT(parts(body, BodyShape::by_shape), ElementsAreArray(events)) << body;
  }
}

TEST(Batch, WhatIsNoArray) {
  for (const std::string_view body : {"", " ", "{}", "1", "[", "[{}", R"([{"a":1})", "[{}{}]", "[{} {}]", R"([{}"x"])",
                                      "[{}]]", "[{}] x", "[[{}]", R"(["x)", R"([{"a":1]},{"b":1}])"}) {
    const auto cut = split(body, BodyShape::batch);
    ASSERT_FALSE(cut) << body;
    EXPECT_EQ(cut.error().reason, RejectReason::malformed_json);
    EXPECT_FALSE(cut.error().message.empty());
  }
}

TEST(Batch, Lines) {
  EXPECT_THAT(parts("", BodyShape::ndjson), ElementsAre());
  EXPECT_THAT(parts("\n\r\n  \n", BodyShape::ndjson), ElementsAre());
  EXPECT_THAT(parts("{}\n{\"a\":1}\r\n\n[1]", BodyShape::ndjson), ElementsAre("{}", "{\"a\":1}", "[1]"));
  EXPECT_THAT(parts("{\"a\":\"x\ny\"}\n{}\n", BodyShape::ndjson), ElementsAre("{\"a\":\"x", "y\"}", "{}"));
}

TEST(Batch, ASingleEventIsTheWholeBody) {
  EXPECT_THAT(parts("", BodyShape::single), ElementsAre(""));
  EXPECT_THAT(parts("[1]\n", BodyShape::single), ElementsAre("[1]\n"));
}

TEST(Batch, ByShape) {
  EXPECT_THAT(parts("{\n  \"a\": [\n    {\"b\": 1}\n  ]\n}\n", BodyShape::by_shape),
              ElementsAre("{\n  \"a\": [\n    {\"b\": 1}\n  ]\n}\n"));
  EXPECT_THAT(parts("{}\n{}\n", BodyShape::by_shape), ElementsAre("{}", "{}"));
  EXPECT_THAT(parts("{\"a\":1\n{\"b\":2}\n", BodyShape::by_shape), ElementsAre("{\"a\":1", "{\"b\":2}"));
  EXPECT_THAT(parts("{\"a\":\"1\n{\"b\":2}\n", BodyShape::by_shape), ElementsAre("{\"a\":\"1", "{\"b\":2}"));
  EXPECT_THAT(parts("{\"a\":1", BodyShape::by_shape), ElementsAre("{\"a\":1"));
  EXPECT_THAT(parts("{\"a\":\n1", BodyShape::by_shape), ElementsAre("{\"a\":\n1"));
  EXPECT_THAT(parts("{} x", BodyShape::by_shape), ElementsAre("{} x"));
  EXPECT_THAT(parts("nope", BodyShape::by_shape), ElementsAre("nope"));
  EXPECT_THAT(parts("", BodyShape::by_shape), ElementsAre(""));
}

TEST(Batch, HasAMostNumberOfEvents) {
  const std::string commas(70'000, ',');
  EXPECT_EQ(split("[" + commas + "]", BodyShape::batch).error().reason, RejectReason::too_large);
  std::string lines;
  for (int i = 0; i < 70'000; ++i) lines += "1\n";
  EXPECT_EQ(split(lines, BodyShape::ndjson).error().reason, RejectReason::too_large);
}

}  // namespace
}  // namespace kentongan::codec
