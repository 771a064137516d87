// SPDX-License-Identifier: Apache-2.0
#include "rules/story.hpp"

#include <string>

#include <gtest/gtest.h>

#include "rules/diagnostic_output.hpp"
#include "rules/expectations.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

Story only_story(std::string_view test) {
  std::string text =
      "version: 1\nrules:\n  - id: a\n    check: {}\n    alert: {level: siaga, message: {id: x}}\n    tests:\n      - ";
  for (const char c : test) {
    text += c;
    if (c == '\n') text += "        ";
  }
  const Loaded loaded = load_text(text);
  EXPECT_FALSE(loaded.diagnostics.has_errors()) << to_text(loaded.diagnostics);
  EXPECT_EQ(loaded.stories.size(), 1U);
  return loaded.stories.empty() ? Story{} : loaded.stories.front();
}

TEST(Stories, AReasonOfSilenceIsOneOfTheList) {
  const auto load_because = [](std::string_view reason) {
    std::string text =
        "version: 1\nrules:\n  - id: a\n    check: {}\n    alert: {level: siaga, message: {id: x}}\n    tests:\n"
        "      - name: n\n        start: 2024-11-10T08:00:00+07:00\n"
        "        events: [{at: 0s, report: {area: 35.73.02.1004, category: hoax, severity: 3, reporter: a}}]\n"
        "        expect: [{at: 1h, silent: true, because: ";
    return load_text(text + std::string(reason) + "}]\n");
  };
  for (const std::string_view reason : kSilenceReasons)
    EXPECT_EQ(codes_of(load_because(reason)), "[untested]") << reason;
  const Loaded wrong = load_because("wait");
  ASSERT_EQ(codes_of(wrong), "unknown-word");
  EXPECT_EQ(wrong.diagnostics.all[0].hint.en, "did you mean `waits`?");
  EXPECT_NE(load_because("tuesday").diagnostics.all.at(0).hint.en.find("`count_below`"), std::string::npos);
}

TEST(Stories, AddsTimesToTheStart) {
  const Story story = only_story(
      "name: n\nstart: 2024-11-10T08:00:00+07:00\nstage: voting\n"
      "events: [{at: 1h30m, report: {area: 35.73.02.1004, category: hoax, severity: 3, reporter: a}}]\n"
      "expect: [{at: 2d, silent: true, because: quiet}]");
  EXPECT_EQ(story.rule, "a");
  EXPECT_EQ(story.line, 7);
  EXPECT_EQ(story.stage, "voting");
  ASSERT_EQ(story.events.size(), 1U);
  EXPECT_EQ(story.events[0].at, *parse_rfc3339("2024-11-10T09:30:00+07:00"));
  EXPECT_EQ(story.events[0].line, 10);
  EXPECT_EQ(story.events[0].data_json,
            R"({"area":"35.73.02.1004","category":"hoax","severity":3,"reporter":{"ref":"a"}})");
  ASSERT_EQ(story.expect.size(), 1U);
  EXPECT_EQ(story.expect[0].at, *parse_rfc3339("2024-11-12T08:00:00+07:00"));
  EXPECT_EQ(story.expect[0].because, "quiet");
}

TEST(Stories, KeepsTypesByTheSchema) {
  const Story story = only_story(
      "name: n\nstart: 2024-11-10T08:00:00+07:00\n"
      "events:\n"
      "  - {at: 0m, consignment: {consignment: 7, area: 35.73, from: 35.73, tps: null, step: packed, quantity: 3.0}}\n"
      "  - {at: 0m, readiness: {area: 35.73.02.1004, power: true, network: false, location: {lat: -7.98, lon: 112}}}\n"
      "  - {at: 0m, campaign: {campaign: c, status: cancelled, areas: [35.73.02.1004], route: [[-7.5, 112.25]],\n"
      "     venue: \"a\\\"b\\n\"}}\n"
      "  - {at: 0m, action: {alert: 35.73-x, action: confirm, actor: {ref: o, role: lurah}}}\n"
      "expect: [{at: 2d, silent: true}]");
  ASSERT_EQ(story.events.size(), 4U);
  EXPECT_EQ(story.events[0].data_json,
            R"({"consignment":"7","area":"35.73","from":"35.73","tps":null,"step":"packed","quantity":3.0})");
  EXPECT_EQ(story.events[1].data_json,
            R"({"area":"35.73.02.1004","power":true,"network":false,"location":{"lat":-7.98,"lon":112}})");
  EXPECT_EQ(
      story.events[2].data_json,
      R"({"campaign":"c","status":"cancelled","areas":["35.73.02.1004"],"route":[[-7.5,112.25]],"venue":"a\"b\n"})");
  EXPECT_EQ(story.events[3].type, EventType::action);
}

TEST(Stories, ReadsEveryKindOfExpectation) {
  const Story story = only_story(
      "name: n\nstart: 2024-11-10T08:00:00+07:00\n"
      "expect:\n"
      "  - {at: 1h, alert: awas, area: 35.73.02.1004, scope: 35.73.02.1004, count: 4, to: [lurah, camat], message: "
      "Halo}\n"
      "  - {at: 1h, alert: waspada, message: {en: Hello}}\n"
      "  - {at: 1h, resolved: true}\n"
      "  - {at: 1h, risk: aman, area: 35.73}\n"
      "  - {at: 1h, score: {approx: 12.5}, area: 35.73.02}");
  ASSERT_EQ(story.expect.size(), 5U);
  EXPECT_EQ(story.expect[0].level, Level::awas);
  EXPECT_EQ(story.expect[0].count, 4);
  EXPECT_EQ(story.expect[0].to, (std::vector<std::string>{"lurah", "camat"}));
  EXPECT_EQ(story.expect[0].message_id, "Halo");
  EXPECT_EQ(story.expect[1].message_en, "Hello");
  EXPECT_EQ(story.expect[1].message_id, std::nullopt);
  EXPECT_EQ(story.expect[2].kind, Expectation::Kind::resolved);
  EXPECT_EQ(story.expect[3].kind, Expectation::Kind::risk);
  EXPECT_EQ(story.expect[3].area, "35.73");
  EXPECT_EQ(story.expect[4].approx, 12.5);
  EXPECT_EQ(story.expect[4].within, 0.01);
  EXPECT_EQ(story.expect[4].line, 14);
}

}  // namespace
}  // namespace kentongan::rules
