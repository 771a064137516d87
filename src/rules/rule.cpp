// SPDX-License-Identifier: Apache-2.0
#include "rules/rule.hpp"

namespace kentongan::rules {

namespace {

/// The n-th condition that is in the block; null: there are no more. Without any the rule's own holds.
const Scoped* scoped_of(const Block& block, std::size_t part) {
  if (const auto* sequence = std::get_if<SequenceBlock>(&block)) {
    return part < sequence->steps.size() ? &sequence->steps[part] : nullptr;
  }
  if (const auto* absence = std::get_if<AbsenceBlock>(&block)) {
    return part == 0 ? &absence->after : part == 1 ? &absence->expect : nullptr;
  }
  const auto* members = std::get_if<MemberAbsenceBlock>(&block);
  return members != nullptr && part == 0 ? &members->expect : nullptr;
}

}  // namespace

std::vector<const Condition*> conditions_of(const Rule& rule) {
  if (std::holds_alternative<LevelBlock>(rule.block)) return {};
  std::vector<const Condition*> conditions;
  while (const Scoped* scoped = scoped_of(rule.block, conditions.size())) conditions.push_back(&scoped->condition);
  if (conditions.empty()) conditions.push_back(&rule.condition);
  return conditions;
}

const Per* per_of(const Rule& rule, std::uint32_t part) {
  if (const auto* check = std::get_if<CheckBlock>(&rule.block)) return &check->per;
  if (const auto* count = std::get_if<CountBlock>(&rule.block)) return &count->per;
  if (const auto* spike = std::get_if<SpikeBlock>(&rule.block)) return &spike->per;
  const Scoped* scoped = scoped_of(rule.block, part);
  return scoped == nullptr ? nullptr : &scoped->per;
}

bool only_ends(const Rule& rule, std::uint32_t part) {
  if (const auto* sequence = std::get_if<SequenceBlock>(&rule.block)) return sequence->steps[part].negated;
  if (std::holds_alternative<AbsenceBlock>(rule.block)) return part == 1;
  return std::holds_alternative<MemberAbsenceBlock>(rule.block);
}

}  // namespace kentongan::rules
