// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/evaluator.hpp"

#include "rules/cel/access.hpp"
#include "rules/cel/machine.hpp"
#include "rules/cel/operators.hpp"
#include "rules/cel/value_compare.hpp"

namespace kentongan::cel {
namespace {

bool in_set(const ConstantSet& set, const Value& value, Budget& budget) {
  if (set.index != nullptr && !value.is(Kind::real)) {
    return set.index->find(value) != nullptr;
  }
  for (const Value& element : set.elements) {
    if (equal(value, element, budget)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Value Machine::run(CodeSpan span) {
  const Instruction* code = program_.code.data();
  for (pc_ = span.begin; pc_ < span.end;) {
    const Instruction& instruction = code[pc_];
    ++pc_;
    step(instruction);
  }
  return outcome();
}

Value Machine::outcome() {
  const Value result = pop();
  switch (budget_.state()) {
    case Budget::State::left:
      return result;
    case Budget::State::out_of_steps:
      return fault(EvalErrorKind::step_limit);
    case Budget::State::out_of_memory:
      return fault(EvalErrorKind::memory_limit);
  }
  return result;
}

void Machine::step(const Instruction& i) {
  switch (i.opcode) {
    case Opcode::constant:
      return push(program_.constants[i.a]);
    case Opcode::load_slot:
      return push(load(i));
    case Opcode::has_slot:
      return push(Value::boolean(activation_.is_present({i.a})));
    case Opcode::load_local:
      return push(workspace_.locals[i.a]);
    case Opcode::store_local:
      workspace_.locals[i.a] = pop();
      return;
    case Opcode::unknown:
      return push(fault(static_cast<EvalErrorKind>(i.b), &program_.details[i.c]));
    case Opcode::select:
      return select(i);
    case Opcode::has_field:
      return has(i);
    case Opcode::index:
      return index(i);
    case Opcode::negate:
      return negate_top();
    case Opcode::logical_not:
      return invert();
    case Opcode::arithmetic:
      return arithmetic_on_top(i);
    case Opcode::compare:
      return compare_top(i);
    case Opcode::membership:
      return membership_of_top();
    case Opcode::compare_slot:
      return compare_slot(i);
    case Opcode::slot_in:
      return slot_in(i);
    case Opcode::in_set:
      return top_in_set(i);
    case Opcode::jump:
      pc_ = i.a;
      return;
    case Opcode::jump_if_false:
      return jump_if(top().is_false(), i.a);
    case Opcode::jump_if_true:
      return jump_if(top().is_true(), i.a);
    case Opcode::combine_and:
      return combine(false);
    case Opcode::combine_or:
      return combine(true);
    case Opcode::branch:
      return branch(i);
    case Opcode::make_list:
      return make_list(i);
    case Opcode::make_map:
      return make_map(i);
    case Opcode::call:
      return call(i);
    case Opcode::optional_or:
      return optional_or(i);
    case Opcode::optional_open:
      return optional_open(i);
    case Opcode::optional_wrap:
      return optional_wrap();
    case Opcode::require_optional:
      return require_optional();
    case Opcode::loop_begin:
      return loop_begin(i);
    case Opcode::loop_next:
      return loop_next(i);
    case Opcode::loop_test:
      return loop_test(i);
    case Opcode::loop_collect:
      return loop_collect(i);
    case Opcode::loop_end:
      return loop_end(i);
  }
}

Value Machine::load(const Instruction& i) const {
  const Value value = activation_.load({i.a});
  return value.is_missing() ? fault(EvalErrorKind::missing_field, &program_.details[i.c]) : placed(value);
}

Value Machine::load_compared(const Instruction& i) const {
  const Value value = activation_.load({i.a});
  return value.is_missing() ? fault(EvalErrorKind::missing_field, &program_.details[i.flag]) : placed(value);
}

void Machine::compare_slot(const Instruction& i) {
  const Value value = load_compared(i);
  push(value.is_error() ? value
                        : placed(compare_with(static_cast<Operator>(i.b), value, program_.constants[i.c], budget_)));
}

void Machine::slot_in(const Instruction& i) {
  const Value value = load_compared(i);
  push(value.is_error() ? value : Value::boolean(in_set(program_.sets[i.c], value, budget_)));
}

void Machine::top_in_set(const Instruction& i) {
  if (!top().is_error()) {
    top() = Value::boolean(in_set(program_.sets[i.a], top(), budget_));
  }
}

void Machine::select(const Instruction& i) {
  if (!top().is_error()) {
    top() = placed(select_field(top(), program_.details[i.a], i.b != 0, arena_));
  }
}

void Machine::has(const Instruction& i) {
  if (!top().is_error()) {
    top() = placed(has_field(top(), program_.details[i.a]));
  }
}

void Machine::index(const Instruction& i) {
  binary([&](const Value& target, const Value& key) { return element_at(target, key, i.b != 0, arena_); });
}

void Machine::arithmetic_on_top(const Instruction& i) {
  binary([&](const Value& left, const Value& right) {
    return arithmetic(static_cast<Operator>(i.b), left, right, arena_, budget_);
  });
}

void Machine::compare_top(const Instruction& i) {
  binary([&](const Value& left, const Value& right) {
    return compare_with(static_cast<Operator>(i.b), left, right, budget_);
  });
}

void Machine::membership_of_top() {
  binary([&](const Value& left, const Value& right) { return membership(left, right, budget_); });
}

void Machine::negate_top() {
  if (!top().is_error()) {
    top() = placed(negate(top()));
  }
}

void Machine::invert() {
  if (top().is(Kind::boolean)) {
    top() = Value::boolean(!top().as_boolean());
  } else if (!top().is_error()) {
    top() = fault(EvalErrorKind::not_boolean);
  }
}

void Machine::combine(bool deciding) {
  const Value right = pop();
  Value& left = top();
  const Value decision = Value::boolean(deciding);
  if ((right.is(Kind::boolean) && right.as_boolean() == deciding) ||
      (left.is(Kind::boolean) && left.as_boolean() == deciding)) {
    left = decision;
  } else if (left.is(Kind::boolean)) {
    left = right.is(Kind::boolean) || right.is_error() ? right : fault(EvalErrorKind::not_boolean);
  } else if (!left.is_error()) {
    left = fault(EvalErrorKind::not_boolean);
  }
}

void Machine::branch(const Instruction& i) {
  const Value condition = pop();
  if (condition.is(Kind::boolean)) {
    jump_if(!condition.as_boolean(), i.a);
    return;
  }
  push(condition.is_error() ? condition : fault(EvalErrorKind::not_boolean));
  pc_ = i.c;
}

Value run(const ProgramData& program, CodeSpan span, const Activation& activation, Workspace& workspace) {
  return Machine(program, activation, workspace).run(span);
}

}  // namespace kentongan::cel
