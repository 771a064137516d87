// SPDX-License-Identifier: Apache-2.0
#include "app/silence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/insight.hpp"
#include "rules/said/say.hpp"

namespace kentongan::app {
namespace {

/// What the fullest window of the rule holds now, over all cities and scopes.
struct Fullest {
  bool any = false;
  engine::WindowSize size;
  std::string scope;
};

Fullest fullest_window(const engine::Engine& engine, RuleIndex rule) {
  const engine::WindowSpec& spec = engine.context().window_spec(rule);
  const auto measure = [&](const engine::WindowSize& size) { return spec.distinct ? size.distinct : size.count; };
  Fullest fullest;
  for (const PlaceId id : engine.context().reference().cities) {
    const engine::City* city = engine.city(id);
    if (city == nullptr || !city->started()) continue;
    for (const engine::Pattern* pattern : city->patterns_of(rule)) {
      const engine::WindowSize size = pattern->window.behind(city->clock(), spec);
      if (!fullest.any || measure(size) > measure(fullest.size)) {
        fullest = {true, size, std::string(city->scope_key(*pattern))};
      }
    }
  }
  return fullest;
}

Silence silence_of_count(const engine::Engine& engine, RuleIndex rule, const rules::CountBlock& count) {
  const Fullest fullest = fullest_window(engine, rule);
  if (!fullest.any) return {"no_match", said::TextView("no event matched")};
  const std::int64_t have = count.distinct ? fullest.size.distinct : fullest.size.count;
  if (have >= count.at_least) return {"quiet", said::TextView("the condition holds, but its alert was ended")};
  const std::string within = format_duration(count.within);
  if (!count.distinct) {
    return {"count_below", said::say("number of events within {} in {}: {} of at least {}", within, fullest.scope, have,
                                     count.at_least)};
  }
  return {"distinct_below", said::say("different values of {} within {} in {}: {} of at least {}",
                                      spec_of(*count.distinct).path, within, fullest.scope, have, count.at_least)};
}

/// Of clash and quota rules.
Silence silence_of_campaigns(const engine::Engine& engine, RuleIndex rule, const rules::QuotaBlock* quota) {
  std::size_t entries = 0;
  bool holds = false;
  for (const PlaceId id : engine.context().reference().cities) {
    const engine::City* city = engine.city(id);
    if (city == nullptr) continue;
    entries += city->entries_for(rule);
    for (const engine::Pattern* pattern : city->patterns_of(rule)) holds = holds || pattern->holding;
  }
  if (holds) return {"quiet", said::TextView("the condition holds, but its alert was ended")};
  if (entries == 0) return {"no_match", said::TextView("no campaign entry matches")};
  if (quota == nullptr) return {"apart", said::say("none of {} campaign entries meet now or later", entries)};
  return {"within_quota", said::say("of {} campaign entries no more than {} are on one day", entries, quota->at_most)};
}

/// Of rules whose events are in no sliding window: `none` where nothing speaks of an alert.
Silence silence_of_patterns(const engine::Engine& engine, RuleIndex rule, Silence none) {
  bool any = false;
  for (const PlaceId id : engine.context().reference().cities) {
    const engine::City* city = engine.city(id);
    if (city == nullptr) continue;
    for (const engine::Pattern* pattern : city->patterns_of(rule)) {
      if (pattern->holding) return {"quiet", said::TextView("the condition holds, but its alert was ended")};
      any = true;
    }
  }
  return any ? std::move(none) : Silence{"no_match", said::TextView("no event matched")};
}

Silence silence_of_absence(const engine::Engine& engine, RuleIndex rule, const rules::AbsenceBlock& absence) {
  for (const PlaceId id : engine.context().reference().cities) {
    const engine::City* city = engine.city(id);
    if (city == nullptr) continue;
    for (const engine::Pattern* pattern : city->patterns_of(rule)) {
      if (pattern->holding || city->waiting(*pattern) == 0) continue;
      return {"waits", said::say("{}: {} wait for an answer, for less than {}", city->scope_key(*pattern),
                                 city->waiting(*pattern), format_duration(absence.within))};
    }
  }
  return silence_of_patterns(engine, rule, {"answered", said::TextView("what was expected has come")});
}

/// "2" of a rule whose first step that must come is the second one written.
std::size_t written_step(const rules::SequenceBlock& block, std::size_t needed) {
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    if (!block.steps[i].negated && needed-- == 0) return i + 1;
  }
  return block.steps.size();
}

said::Text told_of(const rules::SequenceBlock& block, const engine::SequenceHeld& held, const LocalZone& zone) {
  if (held.steps == 0) return said::say("no step came within {}", format_duration(block.within));
  const std::string ids = fmt::format("{}", fmt::join(held.events, ", "));
  const said::Text came = said::say("{} of {} steps came ({})", held.steps, held.needed, ids);
  const std::size_t next = written_step(block, held.steps);
  if (held.prevented_by) {
    const std::size_t barrier = held.steps < held.needed ? next - 1 : block.steps.size();
    return said::say("{}; {} came, which step {} forbids", came, *held.prevented_by, barrier);
  }
  if (held.steps < held.needed) return said::say("{}; step {} of {} has not come", came, next, block.steps.size());
  const TimePoint until = held.until.value_or(TimePoint{});
  return said::say("all steps came ({}); what must not come is awaited until {}", ids,
                   format_rfc3339(until, zone.offset_at(until)));
}

/// Of the scope in which most steps came.
Silence silence_of_sequence(const engine::Engine& engine, RuleIndex rule, const rules::SequenceBlock& block) {
  Silence silence = silence_of_patterns(engine, rule, {"incomplete", said::Text()});
  if (silence.code != "incomplete") return silence;
  std::optional<engine::SequenceHeld> furthest;
  PlaceId where;
  for (const PlaceId id : engine.context().reference().cities) {
    const engine::City* city = engine.city(id);
    if (city == nullptr) continue;
    for (const engine::Pattern* pattern : city->patterns_of(rule)) {
      const engine::Holding holding = engine::Insight(*city).of_pattern(*pattern);
      const auto& held = std::get<engine::SequenceHeld>(holding.more);
      if (furthest && held.steps <= furthest->steps) continue;
      furthest = held;
      where = id;
    }
  }
  silence.text = told_of(block, *furthest, *engine.context().reference().place(where).zone);
  return silence;
}

}  // namespace

Silence silence_of(const engine::Engine& engine, std::string_view rule_id) {
  const auto index = engine.context().find_rule(rule_id);
  if (!index) return {"off", said::TextView("the rule is off")};
  const rules::Rule& rule = engine.context().rule(*index);
  if (const auto* count = std::get_if<rules::CountBlock>(&rule.block)) return silence_of_count(engine, *index, *count);
  if (const auto* level = std::get_if<rules::LevelBlock>(&rule.block)) {
    for (const PlaceId id : engine.context().reference().cities) {
      const engine::City* city = engine.city(id);
      if (city == nullptr) continue;
      for (const engine::Pattern* pattern : city->patterns_of(*index)) {
        if (pattern->entered)
          return {"waits", said::say("the level is reached, for less than {}", format_duration(level->hold_for))};
      }
    }
    return {"level_below", said::say("no place is at level {} or above", name_of(level->at))};
  }
  if (const auto* absence = std::get_if<rules::AbsenceBlock>(&rule.block)) {
    return silence_of_absence(engine, *index, *absence);
  }
  if (std::holds_alternative<rules::MemberAbsenceBlock>(rule.block)) {
    Silence silence = silence_of_patterns(engine, *index, {"answered", said::TextView("what was expected has come")});
    if (silence.code == "no_match") silence = {"waits", said::TextView("the calendar's moment has not come")};
    return silence;
  }
  if (const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block)) {
    return silence_of_sequence(engine, *index, *sequence);
  }
  if (std::holds_alternative<rules::SpikeBlock>(rule.block)) {
    return silence_of_patterns(engine, *index,
                               {"usual", said::TextView("the day is not unusual, or has too few days before it")});
  }
  const auto* quota = std::get_if<rules::QuotaBlock>(&rule.block);
  if (quota != nullptr || std::holds_alternative<rules::ClashBlock>(rule.block)) {
    return silence_of_campaigns(engine, *index, quota);
  }
  if (std::holds_alternative<rules::ScoreBlock>(rule.block))
    return {"score_only", said::TextView("a score rule makes no alert")};
  return fullest_window(engine, *index).any ? Silence{"quiet", said::TextView("what matched is over")}
                                            : Silence{"no_match", said::TextView("no event matched")};
}

}  // namespace kentongan::app
