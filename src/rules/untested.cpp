// SPDX-License-Identifier: Apache-2.0
#include "rules/untested.hpp"

#include <algorithm>
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

bool fires(const Story& story) { return std::any_of(story.expect.begin(), story.expect.end(), is_firing); }

/// Whether it expects silence behind an event, and not only because the alert has ended.
bool stays_silent(const Story& story) {
  const auto event = std::min_element(story.events.begin(), story.events.end(),
                                      [](const StoryEvent& a, const StoryEvent& b) { return a.at < b.at; });
  if (event == story.events.end()) return false;
  return std::any_of(story.expect.begin(), story.expect.end(), [&](const Expectation& silent) {
    const auto fired_before = [&](const Expectation& other) { return is_firing(other) && other.at <= silent.at; };
    return silent.kind == Kind::silent && silent.at >= event->at &&
           std::none_of(story.expect.begin(), story.expect.end(), fired_before);
  });
}

/// What the tests of the rule lack; empty: nothing.
TextView lack_of(const CompiledRule& rule) {
  const bool fired = std::any_of(rule.stories.begin(), rule.stories.end(), fires);
  const bool silent = std::any_of(rule.stories.begin(), rule.stories.end(), stays_silent);
  if (fired && silent) return "";
  if (fired) return "has no test in which it stays silent";
  return silent ? TextView("has no test in which it fires")
                : TextView("has no test in which it fires, and none in which it stays silent");
}

}  // namespace

void warn_untested(const std::vector<CompiledRule>& rules) {
  if (std::all_of(rules.begin(), rules.end(), [](const CompiledRule& rule) { return rule.stories.empty(); })) return;
  for (const CompiledRule& rule : rules) {
    if (!rule.comparable || rule.rule.status == RuleStatus::off) continue;
    if (std::holds_alternative<ScoreBlock>(rule.rule.block)) continue;
    const TextView lack = lack_of(rule);
    if (lack.empty()) continue;
    rule.findings->warning(rule.id_offset, "untested", say("the rule `{}` {}", shortened(rule.rule.id.value()), lack),
                           "add a story under `tests`: one in which the alert comes, one in which nothing happens");
  }
}

}  // namespace kentongan::rules
