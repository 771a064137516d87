// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/read_model.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kentongan::kafka {
namespace {

void step(ReadModel& model, const std::string& alert, int hour, std::string_view step, std::string_view state) {
  model.apply_alert(fmt::format(R"({{"alert":"{}","step":"{}","state":"{}","since":"2024-11-10T{:02}:00:00Z"}})", alert,
                                step, state, hour),
                    {{"ce_time", fmt::format("2024-11-10T{:02}:00:00Z", hour)}});
}

std::vector<std::string> ids(const ports::AlertPage& page) {
  std::vector<std::string> ids;
  for (const auto& alert : page.alerts) ids.push_back(alert.data.substr(10, 7));
  return ids;
}

using ::testing::ElementsAre;

TEST(ReadModel, AlertsComeNewestFirstAPageAtATime) {
  const Settings settings;
  ReadModel model(settings);
  step(model, "35.73-1", 1, "fired", "firing");
  step(model, "35.73-2", 3, "fired", "firing");
  step(model, "35.74-3", 2, "fired", "firing");
  const auto first = model.alerts("", "", 2);
  ASSERT_TRUE(first);
  EXPECT_THAT(ids(*first), ElementsAre("35.73-2", "35.74-3"));
  ASSERT_TRUE(first->next);
  const auto second = model.alerts("", *first->next, 2);
  EXPECT_THAT(ids(*second), ElementsAre("35.73-1"));
  EXPECT_FALSE(second->next);
  EXPECT_EQ(model.alerts("", "nonsense", 2).error().kind, Error::Kind::invalid);
}

TEST(ReadModel, StepsAddUpAndTheLastOneStands) {
  const Settings settings;
  ReadModel model(settings);
  step(model, "35.73-1", 1, "fired", "firing");
  model.apply_alert(R"({"alert":"35.73-1","step":"resolved","state":"resolved","since":"2024-11-10T01:00:00Z"})",
                    {{"ce_time", "2024-11-10T05:00:00Z"}});
  step(model, "35.73-1", 1, "fired", "firing");  // the topic is read again
  model.apply_alert(R"({"alert":"35.73-1","step":"resolved","state":"resolved","since":"2024-11-10T01:00:00Z"})",
                    {{"ce_time", "2024-11-10T05:00:00Z"}});
  const auto alert = model.alert("35.73-1");
  ASSERT_TRUE(alert && *alert);
  EXPECT_EQ((*alert)->steps.size(), 2U);
  EXPECT_EQ((*alert)->city, "35.73");
  EXPECT_TRUE(model.alerts("firing", "", 10)->alerts.empty());
  EXPECT_EQ(model.alerts("resolved", "", 10)->alerts.size(), 1U);
  EXPECT_FALSE(*model.alert("35.73-2"));
  EXPECT_EQ(model.clock("35.73"), parse_rfc3339("2024-11-10T05:00:00Z"));
}

TEST(ReadModel, KeepsABoundedNumberAndTheOpenOnesLongest) {
  const Settings settings;
  ReadModel model(settings, 10);
  for (int i = 0; i < 20; ++i) step(model, fmt::format("35.73-{}", i), i, "fired", i < 2 ? "firing" : "resolved");
  EXPECT_LE(model.alerts("", "", 1000)->alerts.size(), 10U);
  EXPECT_EQ(model.alerts("firing", "", 1000)->alerts.size(), 2U);
}

TEST(ReadModel, RememberedRiskOfAPlace) {
  const Settings settings;
  ReadModel model(settings);
  model.apply_risk(R"({"area":"35.73.02.1004","score":41.5,"level":"siaga","previous":"waspada","rising":true,)"
                   R"("contributions":[{"event":"r-1","rule":"x","weight":12.0}]})",
                   {{"ce_time", "2024-11-10T05:00:00Z"}, {"ce_source", "/kentongan/35.73"}});
  const auto risk = model.risk("35.73.02.1004");
  ASSERT_TRUE(risk);
  EXPECT_EQ(risk->score, 41.5);
  EXPECT_EQ(risk->level, Level::siaga);
  EXPECT_TRUE(risk->rising);
  ASSERT_EQ(risk->contributions.size(), 1U);
  EXPECT_EQ(risk->contributions[0].weight, 12.0);
  EXPECT_FALSE(model.risk("35.73"));
  EXPECT_EQ(model.clock("35.73"), parse_rfc3339("2024-11-10T05:00:00Z"));
}

TEST(ReadModel, WhatCannotBeReadIsLeftOut) {
  const Settings settings;
  ReadModel model(settings);
  for (const std::string_view data : {"", "{", "[]", "{}", R"({"alert":1})", R"({"alert":"a","since":"later"})"}) {
    model.apply_alert(data, {});
    model.apply_risk(data, {});
  }
  EXPECT_TRUE(model.alerts("", "", 10)->alerts.empty());
}

}  // namespace
}  // namespace kentongan::kafka
