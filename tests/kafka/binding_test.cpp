// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/binding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kentongan::kafka {
namespace {

using ::testing::Contains;
using ::testing::Pair;

TEST(Binding, AStructuredRecordIsTakenAsItIs) {
  EXPECT_EQ(to_structured(R"({"id":"r-1"})", {{"content-type", "application/cloudevents+json"}}), std::nullopt);
  EXPECT_EQ(to_structured("{broken", {}), std::nullopt);
}

TEST(Binding, ABinaryRecordBecomesTheStructuredEventItStandsFor) {
  const Headers headers{{"ce_specversion", "1.0"},  {"ce_id", "r\"1"},
                        {"ce_source", "/a"},        {"content-type", "application/json"},
                        {"ce_traceparent", "00-1"}, {"other", "x"}};
  EXPECT_EQ(to_structured(R"({"area":"35.73.02.1004"})", headers),
            R"({"specversion":"1.0","id":"r\"1","source":"/a","traceparent":"00-1","data":{"area":"35.73.02.1004"}})");
}

TEST(Binding, DataCannotBringAttributes) {
  const Headers headers{{"ce_specversion", "1.0"}, {"ce_id", "1"}};
  const std::string smuggled = R"({},"source":"/another")";
  EXPECT_EQ(to_structured(smuggled, headers), std::nullopt) << "no JSON by itself: the codec refuses it";
}

TEST(Binding, AttributesComeOnceAndOnlyWithGoodNames) {
  const Headers headers{{"ce_specversion", "1.0"}, {"ce_id", "1"}, {"ce_id", "2"}, {"ce_data", "{}"}, {"ce_A b", "x"}};
  EXPECT_EQ(to_structured("{}", headers), R"({"specversion":"1.0","id":"1","data":{}})");
}

TEST(Binding, OutputsGoThereAndBack) {
  const std::string event =
      R"({"specversion":"1.0","id":"a-1","source":"/kentongan/35.73","type":"kentongan.alert.v1","subject":"x\n\"y",)"
      R"("time":"2024-11-10T13:00:00+07:00","data":{"alert":"35.73-1","data":{"a":[1,2]},"text":"}"}})";
  const BinaryEvent binary = to_binary(event);
  EXPECT_EQ(binary.data, R"({"alert":"35.73-1","data":{"a":[1,2]},"text":"}"})");
  EXPECT_THAT(binary.headers, Contains(Pair("ce_subject", "x\n\"y")));
  EXPECT_THAT(binary.headers, Contains(Pair("content-type", "application/json")));
  EXPECT_EQ(from_binary(binary.data, binary.headers), event);
}

TEST(Binding, ADeadLetterIsCutToFit) {
  const std::string data = R"({"reason":"too_large","raw_base64":")" + std::string(4000, 'A') + R"("})";
  EXPECT_EQ(fit_dead_letter(data, 10'000), data);
  const std::string cut = fit_dead_letter(data, 1000);
  EXPECT_LE(cut.size(), 1000U);
  EXPECT_TRUE(cut.ends_with("AAAA\"}"));
  EXPECT_EQ(std::count(cut.begin(), cut.end(), 'A') % 4, 0);
  EXPECT_EQ(fit_dead_letter(R"({"raw_base64":""})", 3), R"({"raw_base64":""})");
}

}  // namespace
}  // namespace kentongan::kafka
