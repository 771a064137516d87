// SPDX-License-Identifier: Apache-2.0
#include "app/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "rules/predicate.hpp"

namespace kentongan::app {
namespace {

/// Where a condition stands, for rules that have several.
std::string place_of(const rules::Rule& rule, std::size_t part) {
  if (std::holds_alternative<rules::SequenceBlock>(rule.block)) return fmt::format("step {}", part + 1);
  if (std::holds_alternative<rules::AbsenceBlock>(rule.block)) return part == 0 ? "after" : "expect";
  return std::holds_alternative<rules::MemberAbsenceBlock>(rule.block) ? "expect" : "";
}

std::string joined(const std::string& place, const std::string& what) {
  return place.empty() ? what : place + ": " + what;
}

}  // namespace

Coverage::Coverage(std::shared_ptr<const rules::RuleSet> rules) : rules_(std::move(rules)) {
  for (const rules::Rule& rule : rules_->rules) {
    RuleSeen seen{&rule, {}};
    const auto conditions = rules::conditions_of(rule);
    const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      Part part{conditions[i], place_of(rule, i), {}};
      part.step = sequence != nullptr;
      part.negated = sequence != nullptr && sequence->steps[i].negated;
      for (const rules::Predicate& line : conditions[i]->all) {
        const auto field = spec_of(std::get<rules::FieldIn>(line).field).path;
        part.operands.push_back({joined(part.place, fmt::format("match {}", field))});
      }
      if (const rules::When* when = conditions[i]->when.get()) {
        for (const cel::Conjunct& operand : when->whole.conjuncts()) {
          const auto text = when->whole.text().substr(operand.use.begin, operand.use.end - operand.use.begin);
          part.operands.push_back({joined(part.place, fmt::format("when {}", text))});
        }
      }
      seen.parts.push_back(std::move(part));
    }
    by_id_[rule.id.value()] = seen_.size();
    seen_.push_back(std::move(seen));
  }
}

void Coverage::begin_story() {
  for (RuleSeen& seen : seen_) seen.next = 0;
}

void Coverage::fired(const std::string& rule) {
  if (const auto found = by_id_.find(rule); found != by_id_.end()) seen_[found->second].fired = true;
}

void Coverage::see(const Event& event, rules::Evaluator& evaluator) {
  for (RuleSeen& seen : seen_) see(seen, event, evaluator);
}

void Coverage::see(RuleSeen& seen, const Event& event, rules::Evaluator& evaluator) {
  for (std::size_t i = 0; i < seen.parts.size(); ++i) {
    Part& part = seen.parts[i];
    if (part.condition->on != event.type()) continue;
    std::vector<rules::Outcome> outcomes;
    for (const rules::Predicate& line : part.condition->all) {
      const bool holds = rules::holds_by_values(std::get<rules::FieldIn>(line), event, evaluator.reference());
      outcomes.push_back(holds ? rules::Outcome::yes : rules::Outcome::no);
    }
    if (part.condition->when != nullptr) {
      const auto operands = evaluator.operands(*part.condition->when);
      outcomes.insert(outcomes.end(), operands.begin(), operands.end());
    }
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
      part.operands[at].yes = part.operands[at].yes || outcomes[at] == rules::Outcome::yes;
      part.operands[at].no = part.operands[at].no || outcomes[at] == rules::Outcome::no;
    }
    const bool all = std::all_of(outcomes.begin(), outcomes.end(),
                                 [](rules::Outcome outcome) { return outcome == rules::Outcome::yes; });
    if (!all) continue;
    if (part.step) advance(seen, i);
    if (std::holds_alternative<rules::ScoreBlock>(seen.rule->block)) seen.fired = true;
  }
}

/// A step is reached by an event behind one that reached the last step before it that must come.
void Coverage::advance(RuleSeen& seen, std::size_t part) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < part; ++i) {
    if (!seen.parts[i].negated) before = i + 1;
  }
  if (seen.next < before) return;
  seen.parts[part].held = true;
  if (!seen.parts[part].negated) seen.next = std::max(seen.next, part + 1);
}

void Coverage::add_gaps(const RuleSeen& seen, Summary& summary) {
  const auto gap = [&](Gap::Kind kind, std::string part) {
    summary.gaps.push_back({seen.rule, kind, std::move(part)});
  };
  if (!seen.fired) gap(Gap::Kind::never_fires, "");
  for (const Part& part : seen.parts) {
    if (part.step) ++summary.steps;
    if (part.step && part.held) ++summary.steps_reached;
    if (part.step && !part.held) gap(Gap::Kind::never_reached, part.place);
    for (const Seen& operand : part.operands) {
      ++summary.conditions;
      if (operand.yes && operand.no) ++summary.conditions_both;
      if (!operand.yes) gap(Gap::Kind::never_true, operand.part);
      if (!operand.no) gap(Gap::Kind::never_false, operand.part);
    }
  }
}

Coverage::Summary Coverage::summary() const {
  Summary summary;
  summary.rules = seen_.size();
  summary.rules_fired = static_cast<std::size_t>(
      std::count_if(seen_.begin(), seen_.end(), [](const RuleSeen& seen) { return seen.fired; }));
  for (const RuleSeen& seen : seen_) add_gaps(seen, summary);
  return summary;
}

std::string_view Coverage::name_of(Gap::Kind kind) {
  constexpr std::array<std::string_view, 4> kNames{"never_fires", "never_true", "never_false", "never_reached"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace kentongan::app
