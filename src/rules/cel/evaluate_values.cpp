// SPDX-License-Identifier: Apache-2.0
// Instructions for lists, maps, calls, optionals and loops.
#include "rules/cel/machine.hpp"

namespace kentongan::cel {

const Value* Machine::error_among(std::size_t count) const {
  for (const Value* value = top_ - count; value < top_; ++value) {
    if (value->is_error()) {
      return value;
    }
  }
  return nullptr;
}

void Machine::replace(std::size_t count, const Value& value) {
  top_ -= count;
  push(value);
}

Value Machine::out_of_memory() {
  budget_.run_out_of_memory();
  return fault(EvalErrorKind::memory_limit);
}

bool Machine::is_marked(const Instruction& i, std::size_t entry) const {
  return i.c != 0 && program_.optional_marks[i.c - 1][entry];
}

void Machine::make_list(const Instruction& i) {
  if (const Value* error = error_among(i.a)) {
    return replace(i.a, *error);
  }
  auto* elements = arena_.allocate_array<Value>(i.a);
  if (elements == nullptr) {
    return replace(i.a, out_of_memory());
  }
  std::size_t size = 0;
  for (std::size_t entry = 0; entry < i.a; ++entry) {
    const Value& value = (top_ - i.a)[entry];
    if (!is_marked(i, entry)) {
      elements[size++] = value;
    } else if (!value.is(Kind::optional)) {
      return replace(i.a, fault(EvalErrorKind::no_such_overload));
    } else if (value.as_optional() != nullptr) {
      elements[size++] = *value.as_optional();
    }
  }
  replace(i.a, Value::list({elements, size}));
}

void Machine::make_map(const Instruction& i) {
  const std::size_t count = std::size_t{i.a} * 2;
  if (const Value* error = error_among(count)) {
    return replace(count, *error);
  }
  MapBuilder builder(arena_);
  for (std::size_t entry = 0; entry < i.a; ++entry) {
    const Value* pair = top_ - count + entry * 2;
    const Value* value = pair + 1;
    if (is_marked(i, entry)) {
      if (!value->is(Kind::optional)) {
        return replace(count, fault(EvalErrorKind::no_such_overload));
      }
      value = value->as_optional();
    }
    const auto inserted = value == nullptr ? MapBuilder::Outcome::inserted : builder.insert(*pair, *value);
    if (inserted != MapBuilder::Outcome::inserted) {
      return replace(count, refused(inserted));
    }
  }
  const MapValue* map = builder.finish();
  replace(count, map == nullptr ? out_of_memory() : Value::map(*map));
}

Value Machine::refused(MapBuilder::Outcome outcome) {
  switch (outcome) {
    case MapBuilder::Outcome::duplicate:
      return fault(EvalErrorKind::duplicate_key);
    case MapBuilder::Outcome::not_a_key:
      return fault(EvalErrorKind::invalid_key);
    default:
      return out_of_memory();
  }
}

void Machine::call(const Instruction& i) {
  if (const Value* error = error_among(i.b)) {
    return replace(i.b, *error);
  }
  CallContext context{
      {top_ - i.b, i.b}, activation_, arena_, budget_, i.c == 0 ? nullptr : program_.patterns[i.c - 1].get()};
  const auto style = static_cast<CallStyle>(i.flag);
  replace(i.b, placed(program_.functions[i.a]->call(context, style)));
}

void Machine::optional_or(const Instruction& i) {
  Value& value = top();
  if (value.is(Kind::optional)) {
    if (value.as_optional() == nullptr) {
      --top_;
      return;
    }
    if (i.b == 0) {
      value = *value.as_optional();
    }
  } else if (!value.is_error()) {
    value = fault(EvalErrorKind::no_such_overload);
  }
  pc_ = i.a;
}

void Machine::optional_open(const Instruction& i) {
  const Value value = pop();
  if (value.is(Kind::optional) && value.as_optional() != nullptr) {
    workspace_.locals[i.c] = *value.as_optional();
    return;
  }
  push(value.is_error() || value.is(Kind::optional) ? value : fault(EvalErrorKind::no_such_overload));
  pc_ = i.a;
}

void Machine::optional_wrap() {
  if (top().is_error()) {
    return;
  }
  auto* content = arena_.allocate_array<Value>(1);
  if (content == nullptr) {
    top() = out_of_memory();
    return;
  }
  *content = top();
  top() = Value::optional(content);
}

void Machine::require_optional() {
  if (!top().is(Kind::optional) && !top().is_error()) {
    top() = fault(EvalErrorKind::no_such_overload);
  }
}

void Machine::loop_begin(const Instruction& i) {
  const Value range = pop();
  LoopState& loop = workspace_.loops.emplace_back(arena_);
  if (!begin_loop(loop, range, i.flag != 0)) {
    workspace_.loops.pop_back();
    push(range.is_error() ? range : fault(EvalErrorKind::no_such_overload));
    pc_ = i.a;
  }
}

void Machine::loop_next(const Instruction& i) {
  LoopState& loop = workspace_.loops.back();
  // Once round the body costs at most its length; loops inside pay for themselves.
  if (!budget_.charge(1 + i.a - pc_) || !next_element(loop, workspace_.locals.data() + i.c)) {
    pc_ = i.a;
  }
}

void Machine::follow(LoopStep step, const Instruction& i) {
  if (step != LoopStep::go_on) {
    pc_ = step == LoopStep::leave ? i.a : i.c;
  }
}

void Machine::loop_test(const Instruction& i) {
  const Value verdict = pop();
  follow(test_element(workspace_.loops.back(), static_cast<Comprehension>(i.b), verdict), i);
}

void Machine::loop_collect(const Instruction& i) {
  LoopState& loop = workspace_.loops.back();
  const Value value = i.flag != 0 ? loop.current : pop();
  follow(collect(loop, static_cast<Comprehension>(i.b), value, arena_, budget_), i);
}

void Machine::loop_end(const Instruction& i) {
  push(placed(finish_loop(workspace_.loops.back(), static_cast<Comprehension>(i.b), budget_)));
  workspace_.loops.pop_back();
}

}  // namespace kentongan::cel
