// SPDX-License-Identifier: Apache-2.0
#include "rules/set_checks.hpp"

#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

Text where(const Rule& rule) { return say("{}, line {}", rule.file, rule.line); }

/// A text that is equal for rules that begin at the same moments, tell the same people and say the same level.
class Fingerprint {
 public:
  static std::string of(const Rule& rule) {
    Fingerprint print;
    print.add(static_cast<int>(rule.condition.on));
    print.add_condition(rule.condition);
    print.add_stages(rule);
    std::visit([&](const auto& block) { print.add_block(block); }, rule.block);
    print.add(rule.alert.level ? static_cast<int>(*rule.alert.level) : -1);
    for (const std::string& role : rule.alert.to) print.add(role);
    return std::move(print.text_);
  }

 private:
  template <class T>
  void add(const T& value) {
    text_ += fmt::format("{}\x1f", value);
  }
  void add(const std::string& value) { text_ += fmt::format("{}:{}\x1f", value.size(), value); }

  void add_condition(const Condition& condition) {
    std::map<std::string, bool> lines;
    for (const Predicate& predicate : condition.all) lines[line_text(std::get<FieldIn>(predicate))] = true;
    for (const auto& [line, present] : lines) add(line);
    add(condition.when == nullptr ? std::string() : std::string(condition.when->whole.text()));
  }

  void add_stages(const Rule& rule) {
    std::map<std::string, bool> stages;
    for (const std::string& stage : rule.stages) stages[stage] = true;
    add(static_cast<int>(rule.staged));
    for (const auto& [stage, present] : stages) add(stage);
  }

  static std::string line_text(const FieldIn& line) {
    std::map<std::string, bool> values;
    for (const Literal& literal : line.values) {
      std::visit([&](const auto& value) { values[fmt::format("{} {}", literal.index(), value)] = true; }, literal);
    }
    std::string text = fmt::format("{}", static_cast<int>(line.field));
    for (const auto& [value, present] : values) text += fmt::format("|{}:{}", value.size(), value);
    return text;
  }

  void add_per(const Per& per) {
    add(static_cast<int>(per.kind));
    for (const FieldId field : per.fields) add(static_cast<int>(field));
  }
  void add_block(const CheckBlock& block) {
    add(std::string("check"));
    add_per(block.per);
  }
  void add_block(const ScoreBlock& block) {
    add(std::string("score"));
    add(block.add);
    add(block.computed == nullptr ? std::string() : std::string(block.computed->program.text()));
    add(block.half_life.count());
    add(block.spill);
  }
  void add_block(const LevelBlock& block) {
    add(std::string("level"));
    add(static_cast<int>(block.at));
    add(block.hold_for.count());
    add(static_cast<int>(block.per));
  }
  void add_block(const CountBlock& block) {
    add(std::string("count"));
    add(block.at_least);
    add(block.within.count());
    add(block.distinct ? static_cast<int>(*block.distinct) : -1);
    add_per(block.per);
  }
  void add_block(const ClashBlock& block) {
    add(std::string("clash"));
    add(block.same ? static_cast<int>(*block.same) : -1);
    add(block.within_m.value_or(-1));
    add(block.gap.count());
    add(static_cast<int>(block.same_day));
    add(block.when == nullptr ? std::string() : std::string(block.when->program.text()));
  }
  void add_block(const QuotaBlock& block) {
    add(std::string("quota"));
    add(block.at_most);
    add(static_cast<int>(block.per));
    add(block.distinct ? static_cast<int>(*block.distinct) : -1);
  }
  void add_scoped(const Scoped& scoped) {
    add(static_cast<int>(scoped.condition.on));
    add_condition(scoped.condition);
    add_per(scoped.per);
  }
  void add_block(const SequenceBlock& block) {
    add(std::string("sequence"));
    add(block.within.count());
    for (const SequenceStep& step : block.steps) {
      add(static_cast<int>(step.negated));
      add_scoped(step);
    }
  }
  void add_block(const AbsenceBlock& block) {
    add(std::string("absence"));
    add_scoped(block.after);
    add_scoped(block.expect);
    add(block.within.count());
  }
  void add_moment(const CalendarMoment& moment) {
    add(moment.stage);
    add(moment.days);
    add(moment.since_midnight.count());
  }
  void add_block(const MemberAbsenceBlock& block) {
    add(std::string("each"));
    add(static_cast<int>(block.each));
    add_scoped(block.expect);
    add_moment(block.by);
    if (block.since) add_moment(*block.since);
  }
  void add_block(const SpikeBlock& block) {
    add(std::string("spike"));
    add(static_cast<int>(block.method));
    add(block.baseline_days);
    add(block.ratio);
    add(block.threshold);
    add(block.min);
    add(block.floor);
    add_per(block.per);
  }

  std::string text_;
};

void check_ids(const std::vector<CompiledRule>& rules) {
  std::map<std::string, const CompiledRule*> seen;
  for (const CompiledRule& rule : rules) {
    const std::string& id = rule.rule.id.value();
    if (id.empty()) continue;
    const auto [first, is_new] = seen.try_emplace(id, &rule);
    if (is_new) continue;
    rule.findings->error(rule.id_offset, "duplicate-rule", say("a rule with the id `{}` exists already", shortened(id)),
                         say("the first is in {}; choose another id", where(first->second->rule)));
  }
}

void check_same(const std::vector<CompiledRule>& rules) {
  std::map<std::string, const CompiledRule*> seen;
  for (const CompiledRule& rule : rules) {
    if (!rule.comparable) continue;
    const auto [first, is_new] = seen.try_emplace(Fingerprint::of(rule.rule), &rule);
    if (is_new || first->second->rule.id == rule.rule.id) continue;
    rule.findings->warning(rule.id_offset, "same-rule",
                           say("the rule does the same as `{}`", shortened(first->second->rule.id.value())),
                           say("that one is in {}; remove one of them", where(first->second->rule)));
  }
}

/// Where nothing adds to the risk, no place leaves `aman`.
void check_levels(const std::vector<CompiledRule>& rules) {
  const auto adds = [](const CompiledRule& rule) {
    return rule.rule.status == RuleStatus::live && std::holds_alternative<ScoreBlock>(rule.rule.block);
  };
  if (std::any_of(rules.begin(), rules.end(), adds)) return;
  for (const CompiledRule& rule : rules) {
    if (!rule.comparable || rule.rule.status == RuleStatus::off) continue;
    if (!std::holds_alternative<LevelBlock>(rule.rule.block)) continue;
    rule.findings->warning(rule.id_offset, "level-without-score",
                           "no live rule of the set adds to the risk, so that no level is ever reached",
                           "add a `score` rule");
  }
}

}  // namespace

void check_across_rules(const std::vector<CompiledRule>& rules) {
  check_ids(rules);
  check_same(rules);
  check_levels(rules);
}

}  // namespace kentongan::rules
