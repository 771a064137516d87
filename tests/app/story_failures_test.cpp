// SPDX-License-Identifier: Apache-2.0
// What `kentongan test` says of a story that does not hold.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process.hpp"

namespace kentongan::app::testing {
namespace {

using ::testing::HasSubstr;

/// Two rules, and a third of three steps; the story stands in the first.
std::string output_of(const std::string& events, const std::string& expect) {
  TemporaryFolder folder;
  write_file(folder / "a.yaml", fmt::format(R"(version: 1
rules:
  - id: noise
    match: {{category: intimidation}}
    when: severity >= 3
    check: {{}}
    alert: {{level: siaga, message: {{id: Pesan}}}}
    tests:
      - name: a story
        start: 2024-11-10T08:00:00+07:00
        events:
{}
        expect:
{}
  - id: rumour
    match: {{category: hoax}}
    count: {{at_least: 2, within: 6h}}
    alert: {{level: awas, message: {{id: Pesan}}}}
  - id: way
    on: consignment
    sequence:
      steps: [{{match: {{step: packed}}}}, {{match: {{step: opened}}, not: true}}, {{match: {{step: arrived}}}}]
      within: 1d
      per: consignment
    alert: {{level: waspada, message: {{id: Pesan}}}}
)",
                                            events, expect));
  return run_program({"test", folder / "a.yaml", "--reference", std::string(KENTONGAN_SOURCE_DIR) + "/rules/reference"})
      .out;
}

std::string report(const char* at, const char* area, const char* category, int severity = 3) {
  return fmt::format("          - {{at: {}, report: {{area: {}, category: {}, severity: {}, reporter: a}}}}\n", at,
                     area, category, severity);
}
std::string step(const char* at, const char* consignment, const char* name) {
  return fmt::format("          - {{at: {}, consignment: {{consignment: {}, area: 35.73.02, step: {}}}}}\n", at,
                     consignment, name);
}
std::string action(const char* at, const char* alert, const char* name) {
  return fmt::format("          - {{at: {}, action: {{alert: {}, action: {}, actor: o-1}}}}\n", at, alert, name);
}
std::string expect(const std::string& what) { return "          - {" + what + "}\n"; }

TEST(StoryFailures, AnExpectationCanBeAboutAnotherRule) {
  const std::string events = report("0m", "35.73.02.1004", "hoax") + report("1m", "35.73.02.1004", "hoax");
  EXPECT_EQ(output_of(events, expect("at: 0m, rule: rumour, silent: true, because: count_below") +
                                  expect("at: 1m, rule: rumour, alert: awas, count: 2, state: firing, proposed: true") +
                                  expect("at: 1m, silent: true")),
            "1 passed, 0 failed\n");
  const std::string told =
      output_of(events, expect("at: 0m, rule: rumour, alert: awas") + expect("at: 1m, alert: siaga"));
  EXPECT_THAT(told, HasSubstr("expected: alert awas of `rumour`\n"));
  EXPECT_THAT(told, HasSubstr("count_below: number of events within 6h in 35.73.02.1004: 1 of at least 2\n"));
  EXPECT_THAT(told, HasSubstr("t-2 did not match: `category` is hoax, not intimidation\n"));
}

TEST(StoryFailures, StateAndProposedAreCompared) {
  const std::string events = report("0m", "35.73.02.1004", "hoax") + report("1m", "35.73.02.1004", "hoax") +
                             action("2m", "rumour", "confirm") + action("3m", "rumour", "resolve");
  EXPECT_EQ(output_of(events, expect("at: 2m, rule: rumour, alert: awas, state: acknowledged, proposed: false") +
                                  expect("at: 3m, rule: rumour, resolved: true, state: resolved")),
            "1 passed, 0 failed\n");
  const std::string told =
      output_of(events, expect("at: 2m, rule: rumour, alert: awas, state: firing, proposed: true") +
                            expect("at: 3m, rule: rumour, resolved: true, state: expired"));
  EXPECT_THAT(told, HasSubstr("expected: state firing\n   actual:   state acknowledged\n"));
  EXPECT_THAT(told, HasSubstr("expected: proposed: true\n   actual:   proposed: false\n"));
  EXPECT_THAT(told, HasSubstr("expected: state expired\n   actual:   state resolved\n"));
}

TEST(StoryFailures, AnActionNeedsAnAlertThatHasFired) {
  const std::string told = output_of(report("0m", "35.73.02.1004", "hoax") + action("1m", "rumour", "resolve"),
                                     expect("at: 2m, silent: true") + expect("at: 2m, rule: rumour, silent: true"));
  EXPECT_THAT(
      told, HasSubstr("expected: the event is accepted\n   actual:   no alert of the rule `rumour` had fired by then\n"
                      "0 passed, 1 failed"));
}

TEST(StoryFailures, TheMismatchIsThatOfThePlaceThatIsMeant) {
  const std::string events = report("0m", "35.73.02.1004", "intimidation", 2) + report("1m", "35.73.01.1001", "hoax");
  EXPECT_THAT(output_of(events, expect("at: 2m, alert: siaga, area: 35.73.02.1004")),
              HasSubstr("t-1 did not match: `severity >= 3` is false"));
  EXPECT_THAT(output_of(events, expect("at: 2m, alert: siaga, area: 35.73.01.1001")),
              HasSubstr("t-2 did not match: `category` is hoax, not intimidation"));
  EXPECT_THAT(output_of(events, expect("at: 2m, alert: siaga, area: 35.73.03.1001")),
              HasSubstr("no event of the story names 35.73.03.1001"));
}

TEST(StoryFailures, TheStepThatIsMissingIsNamed) {
  const std::string packed = step("0m", "k-1", "packed");
  const std::string silence = expect("at: 2h, rule: way, alert: waspada");
  EXPECT_THAT(output_of(packed, silence), HasSubstr("incomplete: 1 of 2 steps came (t-1); step 3 of 3 has not come\n"));
  EXPECT_THAT(output_of(packed + step("1h", "k-1", "opened") + step("2h", "k-1", "arrived"), silence),
              HasSubstr("incomplete: 1 of 2 steps came (t-1); t-2 came, which step 2 forbids\n"));
  EXPECT_THAT(output_of(packed + step("2d", "k-2", "opened"), expect("at: 2d, rule: way, alert: waspada")),
              HasSubstr("incomplete: no step came within 1d\n"));
}

}  // namespace
}  // namespace kentongan::app::testing
