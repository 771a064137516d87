// SPDX-License-Identifier: Apache-2.0
#include "rules/rule.hpp"

namespace kentongan::rules {

namespace {

/// The conditions that are in the block; none: the rule's own holds.
std::vector<const Scoped*> scoped_of(const Block& block) {
  std::vector<const Scoped*> all;
  if (const auto* sequence = std::get_if<SequenceBlock>(&block)) {
    for (const SequenceStep& step : sequence->steps) all.push_back(&step);
  } else if (const auto* absence = std::get_if<AbsenceBlock>(&block)) {
    all = {&absence->after, &absence->expect};
  } else if (const auto* members = std::get_if<MemberAbsenceBlock>(&block)) {
    all = {&members->expect};
  }
  return all;
}

}  // namespace

std::vector<const Condition*> conditions_of(const Rule& rule) {
  if (std::holds_alternative<LevelBlock>(rule.block)) return {};
  std::vector<const Condition*> conditions;
  for (const Scoped* scoped : scoped_of(rule.block)) conditions.push_back(&scoped->condition);
  if (conditions.empty()) conditions.push_back(&rule.condition);
  return conditions;
}

const Per* per_of(const Rule& rule, std::uint32_t part) {
  if (const auto* check = std::get_if<CheckBlock>(&rule.block)) return &check->per;
  if (const auto* count = std::get_if<CountBlock>(&rule.block)) return &count->per;
  if (const auto* spike = std::get_if<SpikeBlock>(&rule.block)) return &spike->per;
  const auto scoped = scoped_of(rule.block);
  return part < scoped.size() ? &scoped[part]->per : nullptr;
}

bool only_ends(const Rule& rule, std::uint32_t part) {
  if (const auto* sequence = std::get_if<SequenceBlock>(&rule.block)) return sequence->steps[part].negated;
  if (std::holds_alternative<AbsenceBlock>(rule.block)) return part == 1;
  return std::holds_alternative<MemberAbsenceBlock>(rule.block);
}

}  // namespace kentongan::rules
