// SPDX-License-Identifier: Apache-2.0
//
// What must not depend on how it came: scores on the order of arrival; anything on what was refuted.
#include <fmt/format.h>

#include "random_city.hpp"

namespace kentongan::engine::testing {
namespace {

constexpr std::string_view kKelurahan[] = {"35.73.01.1001", "35.73.01.1002", "35.73.01.1003", "35.73.02.1004",
                                           "35.73.02.1005", "35.79.01.1001", "35.79.01.1002"};

/// Nothing is late or too old for a correction.
Options long_memory() {
  Options options;
  options.dedupe = std::chrono::days(3650);
  options.lateness = std::chrono::days(3650);
  return options;
}

std::vector<double> scores(Play& play) {
  std::vector<double> scores;
  for (const auto area : kKelurahan) scores.push_back(play.score(area));
  return scores;
}

std::vector<std::string> levels(Play& play) {
  std::vector<std::string> levels;
  for (const Place& place : town()->places)
    levels.push_back(place.code + " " + std::string(name_of(play.level(place.code))));
  return levels;
}

struct Story {
  std::vector<std::string> reports, refutations;
  std::vector<std::string> never_refuted;  ///< the reports that nothing refutes
  TimePoint end;                           ///< a full minute behind all of them
};

/// Reports in order; bit i of `refuted`: the i-th of them (of 64, again and again) is taken out in the end.
Story story_of(const std::vector<Step>& steps, std::uint64_t refuted, unsigned variant) {
  Story story;
  const auto inputs = to_inputs(steps, busy_rules(variant), long_memory());
  TimePoint last = start();
  for (const Input& input : inputs) last = std::max(last, input.time);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    story.reports.push_back(inputs[i].raw);
    if (((refuted >> (i % 64)) & 1U) == 0) {
      story.never_refuted.push_back(inputs[i].raw);
      continue;
    }
    const bool other_city = inputs[i].raw.find("\"35.79") != std::string::npos;
    story.refutations.push_back(refutation(fmt::format("x{}", i), last + std::chrono::seconds(story.refutations.size()),
                                           fmt::format("e{}", i), other_city ? "35.79.01.1001" : "35.73.01.1001"));
  }
  story.end = std::chrono::ceil<std::chrono::minutes>(last + std::chrono::seconds(story.refutations.size()));
  return story;
}

/// Of each rule.
std::vector<std::uint64_t> matches(Play& play) {
  std::vector<std::uint64_t> counts;
  for (const RuleCounts& rule : play.effects().rules) counts.push_back(rule.matched);
  return counts;
}

TEST(OrderProperty, ArrivalDoesNotChangeScores) {
  hold("arrival does not change scores", 40, [](std::uint64_t refuted) {
    const unsigned variant = *rc::gen::inRange(0U, kVariants);
    const Story story = story_of(*orderly_reports(), refuted, variant);
    std::vector<std::string> events = story.reports;
    events.insert(events.end(), story.refutations.begin(), story.refutations.end());
    std::vector<std::uint32_t> keys =
        *rc::gen::container<std::vector<std::uint32_t>>(events.size(), rc::gen::arbitrary<std::uint32_t>());
    std::vector<std::size_t> order(events.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    Play punctual(busy_rules(variant), long_memory()), shuffled(busy_rules(variant), long_memory());
    for (const std::string& event : events) RC_ASSERT(punctual.take(event) == "applied");
    for (const std::size_t i : order) {
      RC_LOG() << events[i] << '\n';
      RC_ASSERT(shuffled.take(events[i]) == "applied");
    }
    for (Play* play : {&punctual, &shuffled}) play->until(story.end);
    RC_ASSERT(scores(shuffled) == scores(punctual));
  });
}

TEST(OrderProperty, RefutedIsNeverSent) {
  hold("refuted is never sent", 40, [](std::uint64_t refuted) {
    const unsigned variant = *rc::gen::inRange(0U, kVariants);
    const Story story = story_of(*orderly_reports(), refuted, variant);
    Play with(busy_rules(variant), long_memory()), without(busy_rules(variant), long_memory());
    for (const std::string& event : story.reports) (void)with.take(event);
    for (const std::string& event : story.refutations) RC_ASSERT(with.take(event) == "applied");
    for (const std::string& event : story.never_refuted) (void)without.take(event);
    for (Play* play : {&with, &without}) play->until(story.end);
    RC_ASSERT(scores(with) == scores(without));
  });
}

/// Levels of this set follow from the score alone: without hysteresis, reporters and voice. No alert expires.
constexpr std::string_view kPlainRules = R"(
risk: {levels: {waspada: 4, siaga: 8, awas: 16}, voice: {factor: 1}, leave_at: 1, independent: {siaga: 1, awas: 1}}
rules:
  - {id: score, score: {add: 4, half_life: 3d, spill: 0.2}}
  - {id: score-fast, match: {category: hoax}, score: {add: 9, half_life: 6h}}
  - {id: check, match: {severity: [4, 5]}, check: {}, alert: {level: siaga, message: {id: m}, quiet_for: 2d, expires: 52w}}
  - {id: count, count: {at_least: 3, within: 1d}, alert: {level: siaga, message: {id: m}, quiet_for: 12h, expires: 52w}}
  - id: distinct
    count: {at_least: 2, within: 6h, distinct: reporter.ref, per: city}
    alert: {level: siaga, message: {id: m}, quiet_for: 0s, expires: 52w}
  - id: fields
    count: {at_least: 2, within: 2d, per: [category]}
    alert: {level: siaga, message: {id: m}, quiet_for: 20d, expires: 52w}
)";

TEST(OrderProperty, RefutedLeavesNoLevelAndNoAlert) {
  const auto rules = rules_of(kPlainRules);
  hold("refuted leaves no level and no alert", 100, [&](std::uint64_t refuted) {
    const Story story = story_of(*orderly_reports(), refuted, 0);
    Play with(rules, long_memory()), without(rules, long_memory());
    for (const std::string& event : story.reports) (void)with.take(event);
    for (const std::string& event : story.refutations) (void)with.take(event);
    for (const std::string& event : story.never_refuted) (void)without.take(event);
    for (const std::string& line : with.log()) RC_LOG() << "with: " << line << '\n';
    for (const std::string& line : without.log()) RC_LOG() << "without: " << line << '\n';
    for (Play* play : {&with, &without}) play->until(story.end);
    RC_ASSERT(levels(with) == levels(without));
    RC_ASSERT(with.open() == without.open());
  });
}

TEST(OrderProperty, SameInputSameBytesWhetherSavedOrNot) {
  hold("same input, same bytes", 30, [] {
    const unsigned variant = *rc::gen::inRange(0U, kVariants * 3);
    const auto inputs = to_inputs(*any_steps(), risky_rules(variant), busy_options(variant / kVariants));
    Play once(risky_rules(variant), busy_options(variant / kVariants));
    Play again(risky_rules(variant), busy_options(variant / kVariants));
    SavedState saved;
    for (const Input& input : inputs) {
      RC_ASSERT(feed(again, input) == feed(once, input));
      again.save(saved);
      RC_ASSERT(again.lines() == once.lines());
    }
  });
}

TEST(OrderProperty, AnIndexChangesNothing) {
  hold("an index changes nothing", 30, [] {
    const unsigned variant = *rc::gen::inRange(0U, kVariants);
    Options slow;
    slow.full_scan = true;
    const auto inputs = to_inputs(*any_steps(), risky_rules(variant), {});
    Play indexed(risky_rules(variant)), scanned(risky_rules(variant), slow);
    for (const Input& input : inputs) {
      RC_ASSERT(feed(scanned, input) == feed(indexed, input));
      RC_ASSERT(scanned.lines() == indexed.lines());
      RC_ASSERT(matches(scanned) == matches(indexed));
    }
  });
}

/// Rules from small numbers: each a check with one to three lines of `match`.
std::string random_rules() {
  static const std::vector<std::string> lines{"category: intimidation",
                                              "category: [hoax, disaster]",
                                              "category: vote_buying",
                                              "severity: 3",
                                              "severity: [1, 5]",
                                              "kind: incident",
                                              "kind: information",
                                              "area: 35.73.02.1004",
                                              "reporter.role: rt_head",
                                              "reporter.role: [fkdm, public]",
                                              "source: A",
                                              "source: [B, C]",
                                              "content: 1",
                                              "status: unverified",
                                              "rw: \"03\"",
                                              "crowd: 20"};
  std::string yaml = "rules:\n";
  const auto picks = *rc::gen::container<std::vector<std::array<unsigned, 3>>>(
      *rc::gen::inRange<std::size_t>(1, 12), rc::gen::container<std::array<unsigned, 3>>(rc::gen::inRange(0U, 16U)));
  std::set<std::string> seen;
  for (std::size_t i = 0; i < picks.size(); ++i) {
    std::map<std::string, std::string> match;  // one line a field
    for (const unsigned pick : picks[i]) match.emplace(lines[pick].substr(0, lines[pick].find(':')), lines[pick]);
    std::string text;
    for (const auto& [field, line] : match) text += (text.empty() ? "" : ", ") + line;
    if (!seen.insert(text).second) continue;
    yaml += fmt::format(
        "  - {{id: r-{}, match: {{{}}}, check: {{}}, alert: {{level: siaga, message: {{id: m}}, quiet_for: 1s}}}}\n", i,
        text);
  }
  return yaml;
}

TEST(OrderProperty, AnIndexChangesNothingWhateverTheRules) {
  hold("an index changes nothing, whatever the rules", 60, [] {
    const std::string yaml = random_rules();
    RC_LOG() << yaml;
    const auto rules = rules_of(yaml);
    Options slow;
    slow.full_scan = true;
    Play indexed(rules), scanned(rules, slow);
    for (const Input& input : to_inputs(*any_steps(), rules, {})) {
      (void)feed(indexed, input);
      (void)feed(scanned, input);
      RC_ASSERT(matches(scanned) == matches(indexed));
      RC_ASSERT(scanned.lines() == indexed.lines());
    }
  });
}

std::string swapped(std::string text, const std::string& a, const std::string& b) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
      if (text.compare(at, from.size(), from) != 0) continue;
      text.replace(at, from.size(), to);
      at += to.size() - 1;
      break;
    }
  }
  return text;
}

TEST(OrderProperty, PartiesAreEqual) {
  const auto rules = rules_of(R"(
rules:
  - {id: any, on: campaign, match: {method: rally}, check: {}, alert: {level: waspada, message: {id: "{{ campaign.party }}"}}}
  - id: many
    on: campaign
    count: {at_least: 2, within: 2d, per: district}
    alert: {level: siaga, message: {id: "{{ campaign.party }} {{ count }}"}, quiet_for: 3h}
  - {id: meet, clash: {same: city, gap: 1h}, alert: {level: siaga, message: {id: m}}}
  - {id: quota, quota: {at_most: 2, distinct: party}, alert: {level: siaga, message: {id: m}}}
)");
  hold("parties are equal", 100, [&] {
    const auto picks = *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>());
    Play one(rules), other(rules);
    TimePoint time = start();
    for (std::size_t i = 0; i < picks.size(); ++i) {
      time += std::chrono::hours(picks[i] % 7);
      const std::string raw =
          event("campaign", fmt::format("c{}", i), time,
                fmt::format(R"("campaign":"k{}","status":"planned","party":"{}","method":"{}","areas":["{}"],)"
                            R"("starts_at":"2024-11-20T09:00:00+07:00","ends_at":"2024-11-20T12:00:00+07:00")",
                            picks[i] % 5, picks[i] & 1U ? "Partai Utara" : "Partai Selatan",
                            picks[i] & 2U ? "rally" : "debate", kKelurahan[picks[i] % 5]));
      RC_ASSERT(one.take(raw) == "applied");
      RC_ASSERT(other.take(swapped(raw, "Partai Utara", "Partai Selatan")) == "applied");
      std::vector<std::string> lines = one.lines();
      for (std::string& line : lines) line = swapped(line, "Partai Utara", "Partai Selatan");
      RC_ASSERT(other.lines() == lines);
    }
  });
}

}  // namespace
}  // namespace kentongan::engine::testing
