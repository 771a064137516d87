// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/conditions.hpp"

namespace kentongan::cel {
namespace {

using Relation = Condition::Relation;

Relation relation_of(Operator comparison) {
  switch (comparison) {
    case Operator::equal:
      return Relation::equal;
    case Operator::not_equal:
      return Relation::not_equal;
    case Operator::less:
      return Relation::less;
    case Operator::less_equal:
      return Relation::less_equal;
    case Operator::greater:
      return Relation::greater;
    default:
      return Relation::greater_equal;
  }
}

Condition start(const ProgramData& program, std::uint32_t at) {
  const CodePlace& place = program.places[at];
  Condition condition;
  condition.slot = SlotId{program.code[at].a};
  condition.range = place.range;
  condition.macro = program.macro_name(place.source);
  return condition;
}

std::optional<Condition> single_condition(const ProgramData& program, std::uint32_t at) {
  const Instruction& i = program.code[at];
  Condition condition = start(program, at);
  switch (i.opcode) {
    case Opcode::compare_slot:
      condition.relation = relation_of(static_cast<Operator>(i.b));
      condition.constants = {program.constants[i.c]};
      return condition;
    case Opcode::slot_in: {
      const auto elements = program.sets[i.c].elements;
      condition.relation = Relation::one_of;
      condition.constants.assign(elements.begin(), elements.end());
      return condition;
    }
    case Opcode::load_slot:
      condition.constants = {Value::boolean(true)};
      return condition;
    default:
      return std::nullopt;
  }
}

std::optional<Condition> negated_slot(const ProgramData& program, CodeSpan span) {
  if (span.end - span.begin != 2 || program.code[span.begin].opcode != Opcode::load_slot ||
      program.code[span.begin + 1].opcode != Opcode::logical_not) {
    return std::nullopt;
  }
  Condition condition = start(program, span.begin);
  condition.constants = {Value::boolean(false)};
  return condition;
}

// slot == 1 || slot in [2, 3]
std::optional<Condition> alternatives(const ProgramData& program, CodeSpan span) {
  std::optional<Condition> all;
  for (std::uint32_t at = span.begin; at < span.end; ++at) {
    const Opcode opcode = program.code[at].opcode;
    if (opcode == Opcode::jump_if_true || opcode == Opcode::combine_or) {
      continue;
    }
    const auto one = single_condition(program, at);
    const bool fits =
        one && opcode != Opcode::load_slot && (one->relation == Relation::equal || one->relation == Relation::one_of);
    if (!fits || (all && all->slot != one->slot)) {
      return std::nullopt;
    }
    if (!all) {
      all = one;
      all->relation = Relation::one_of;
      continue;
    }
    all->range = join(all->range, one->range);
    all->constants.insert(all->constants.end(), one->constants.begin(), one->constants.end());
  }
  return all;
}

}  // namespace

std::optional<Condition> condition_of(const ProgramData& program, CodeSpan span) {
  if (span.end - span.begin == 1) {
    return single_condition(program, span.begin);
  }
  if (auto negated = negated_slot(program, span)) {
    return negated;
  }
  return alternatives(program, span);
}

Operator mirrored(Operator comparison) {
  switch (comparison) {
    case Operator::less:
      return Operator::greater;
    case Operator::less_equal:
      return Operator::greater_equal;
    case Operator::greater:
      return Operator::less;
    case Operator::greater_equal:
      return Operator::less_equal;
    default:
      return comparison;
  }
}

}  // namespace kentongan::cel
