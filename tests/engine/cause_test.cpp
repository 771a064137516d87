// SPDX-License-Identifier: Apache-2.0
// What an alert of a level rule says of its cause.
#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

constexpr std::string_view kRules = R"(
risk: {levels: {waspada: 10, siaga: 25, awas: 60}, independent: {siaga: 1, awas: 1}}
rules:
  - {id: fast, match: {category: [hoax, disaster]}, score: {add: 'double(report.severity)', half_life: 1h}}
  - {id: slow, match: {category: [intimidation, vote_buying]}, score: {add: 'double(report.severity)', half_life: 7d, spill: 0.4}}
  - id: level
    level: {at: waspada}
    alert: {message: {id: "{{ cause.id }}/{{ cause.category }}", en: "{{ cause.en }}/{{ cause.rule }}"}}
)";

/// "INDONESIAN ENGLISH" of the alerts that fired since the last call.
std::vector<std::string> causes(Play& play) {
  std::vector<std::string> all;
  for (const Output& output : play.outputs()) {
    const auto* step = std::get_if<AlertStep>(&output.data);
    if (step == nullptr || step->step != AlertStepKind::fired) continue;
    all.push_back(step->text.message.id + " " + step->text.message.en);
  }
  return all;
}

void take(Play& play, std::string_view id, std::string_view time, const char* category, int severity) {
  EXPECT_EQ(play.take(report(id, at(time), {.category = category, .severity = severity, .reporter = std::string(id)})),
            "applied");
}

TEST(Cause, NamesCategoriesByTheirWeight) {
  Play play(kRules);
  take(play, "r-1", "0m", "hoax", 2);
  take(play, "r-2", "1m", "intimidation", 4);
  take(play, "r-3", "2m", "hoax", 3);
  take(play, "r-4", "3m", "vote_buying", 2);
  EXPECT_EQ(causes(play), (std::vector<std::string>{"Hoaks, Intimidasi, Politik uang/hoax "
                                                    "Hoax, Intimidation, Vote buying/slow"}));
}

TEST(Cause, IsThatOfTheMoment) {
  Play play(kRules);
  take(play, "r-1", "0m", "hoax", 5);
  take(play, "r-2", "6h", "intimidation", 5);
  take(play, "r-3", "6h", "vote_buying", 5);
  EXPECT_EQ(causes(play), (std::vector<std::string>{"Intimidasi, Politik uang, Hoaks/intimidation "
                                                    "Intimidation, Vote buying, Hoax/slow"}));
  take(play, "r-4", "8d", "disaster", 5);
  take(play, "r-5", "8d", "disaster", 5);
  EXPECT_EQ(causes(play), (std::vector<std::string>{"Bencana, Intimidasi, Politik uang/disaster "
                                                    "Disaster, Intimidation, Vote buying/fast"}));
}

TEST(Cause, SaysNothingOfWhoReportedAndNothingTheyWrote) {
  Play play(kRules);
  EXPECT_EQ(play.take(report("r-1", at("0s"), {.severity = 5, .reporter = "secret", .more = R"("text":"words")"})),
            "applied");
  EXPECT_EQ(play.take(report("r-2", at("0s"), {.severity = 5, .reporter = "other", .household = "home"})), "applied");
  const auto said = causes(play);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0], "Intimidasi/intimidation Intimidation/slow");
}

TEST(Cause, OfWhatSpillsOverIsTheNeighboursCategory) {
  Play play(kRules);
  for (int n = 0; n < 5; ++n) {
    EXPECT_EQ(play.take(report("r-" + std::to_string(n), at("0s"),
                               {.area = "35.73.01.1002", .severity = 5, .reporter = std::to_string(n)})),
              "applied");
  }
  const std::string said = "Intimidasi/intimidation Intimidation/slow";
  EXPECT_EQ(causes(play), (std::vector<std::string>{said, said, said}));  // and both neighbours
}

}  // namespace
}  // namespace kentongan::engine::testing
