// SPDX-License-Identifier: Apache-2.0
#include "rules/untested.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

using Kind = Expectation::Kind;

bool is_firing(const Expectation& expectation) {
  return expectation.kind == Kind::alert || expectation.kind == Kind::resolved;
}

std::string_view subject_of(const Expectation& expectation, const Story& story) {
  return expectation.rule ? *expectation.rule : story.rule;
}

/// What expectations are seen of a rule.
struct Shown {
  bool fires = false;
  bool stays_silent = false;
};
using ShownByRule = std::map<std::string_view, Shown>;

void look_at(const Story& story, ShownByRule& shown) {
  const auto event = std::min_element(story.events.begin(), story.events.end(),
                                      [](const StoryEvent& a, const StoryEvent& b) { return a.at < b.at; });
  for (const Expectation& one : story.expect) {
    const std::string_view rule = subject_of(one, story);
    if (is_firing(one)) shown[rule].fires = true;
    if (one.kind != Kind::silent || event == story.events.end() || one.at < event->at) continue;
    // Silence behind an event, and not only because the alert has ended.
    const auto fired_before = [&](const Expectation& other) {
      return is_firing(other) && subject_of(other, story) == rule && other.at <= one.at;
    };
    if (std::none_of(story.expect.begin(), story.expect.end(), fired_before)) shown[rule].stays_silent = true;
  }
}

/// What the tests of the set lack for the rule; empty: nothing.
TextView lack_of(const Shown& shown) {
  if (shown.fires && shown.stays_silent) return "";
  if (shown.fires) return "has no test in which it stays silent";
  return shown.stays_silent ? TextView("has no test in which it fires")
                            : TextView("has no test in which it fires, and none in which it stays silent");
}

}  // namespace

void warn_untested(const std::vector<CompiledRule>& rules) {
  if (std::all_of(rules.begin(), rules.end(), [](const CompiledRule& rule) { return rule.stories.empty(); })) return;
  ShownByRule shown;
  for (const CompiledRule& rule : rules) {
    for (const Story& story : rule.stories) look_at(story, shown);
  }
  for (const CompiledRule& rule : rules) {
    if (!rule.comparable || rule.rule.status == RuleStatus::off) continue;
    if (std::holds_alternative<ScoreBlock>(rule.rule.block)) continue;
    const TextView lack = lack_of(shown[rule.rule.id.value()]);
    if (lack.empty()) continue;
    rule.findings->warning(rule.id_offset, "untested", say("the rule `{}` {}", shortened(rule.rule.id.value()), lack),
                           "add a story under `tests`: one in which the alert comes, one in which nothing happens");
  }
}

}  // namespace kentongan::rules
