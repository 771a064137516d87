// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/loops.hpp"

#include <algorithm>

namespace kentongan::cel {
namespace {

LoopStep stop(LoopState& loop, const Value& outcome) {
  loop.outcome = outcome;
  loop.decided = true;
  return LoopStep::leave;
}

Value out_of_memory(Budget& budget) {
  budget.run_out_of_memory();
  return Value::error(EvalErrorKind::memory_limit);
}

// all and exists go on past errors: a later element may decide.
LoopStep test_quantifier(LoopState& loop, bool deciding, const Value& verdict) {
  if (verdict.is(Kind::boolean)) {
    return verdict.as_boolean() == deciding ? stop(loop, Value::boolean(deciding)) : LoopStep::next_element;
  }
  if (!loop.outcome.is_error()) {
    loop.outcome = verdict.is_error() ? verdict : Value::error(EvalErrorKind::not_boolean);
  }
  return LoopStep::next_element;
}

bool append(LoopState& loop, const Value& value, Arena& arena) {
  if (loop.collected_size == loop.collected_capacity) {
    const std::uint32_t capacity = std::max(8U, loop.collected_capacity * 2);
    auto* grown = arena.allocate_array<Value>(capacity);
    if (grown == nullptr) {
      return false;
    }
    std::copy_n(loop.collected, loop.collected_size, grown);
    loop.collected = grown;
    loop.collected_capacity = capacity;
  }
  loop.collected[loop.collected_size++] = value;
  return true;
}

LoopStep insert(LoopState& loop, const Value& key, const Value& value, Budget& budget) {
  switch (loop.entries.insert(key, value)) {
    case MapBuilder::Outcome::inserted:
      return LoopStep::next_element;
    case MapBuilder::Outcome::duplicate:
      return stop(loop, Value::error(EvalErrorKind::duplicate_key));
    case MapBuilder::Outcome::not_a_key:
      return stop(loop, Value::error(EvalErrorKind::invalid_key));
    case MapBuilder::Outcome::out_of_memory:
      return stop(loop, out_of_memory(budget));
  }
  return LoopStep::leave;
}

LoopStep insert_all(LoopState& loop, const Value& value, Budget& budget) {
  if (!value.is(Kind::map)) {
    return stop(loop, Value::error(EvalErrorKind::no_such_overload));
  }
  const MapValue& map = value.as_map();
  for (std::uint32_t i = 0; i < map.size(); ++i) {
    if (!budget.charge(1)) {
      return LoopStep::leave;
    }
    if (insert(loop, map.keys()[i], map.values()[i], budget) == LoopStep::leave) {
      return LoopStep::leave;
    }
  }
  return LoopStep::next_element;
}

Value current_key(const LoopState& loop) {
  return loop.keys != nullptr ? loop.keys[loop.next - 1] : Value::integer(std::int64_t{loop.next} - 1);
}

}  // namespace

bool begin_loop(LoopState& loop, const Value& range, bool two_variables) {
  loop.two_variables = two_variables;
  if (range.is(Kind::list)) {
    loop.elements = range.as_list().data();
    loop.size = static_cast<std::uint32_t>(range.as_list().size());
    return true;
  }
  if (range.is(Kind::map)) {
    loop.keys = range.as_map().keys().data();
    loop.elements = range.as_map().values().data();
    loop.size = range.as_map().size();
    return true;
  }
  return false;
}

bool next_element(LoopState& loop, Value* locals) {
  if (loop.next == loop.size) {
    return false;
  }
  const Value& element = loop.elements[loop.next];
  ++loop.next;
  if (loop.two_variables) {
    locals[0] = current_key(loop);
    locals[1] = element;
  } else {
    locals[0] = loop.keys != nullptr ? current_key(loop) : element;
  }
  loop.current = locals[0];
  return true;
}

LoopStep test_element(LoopState& loop, Comprehension kind, const Value& verdict) {
  if (kind == Comprehension::all || kind == Comprehension::exists) {
    return test_quantifier(loop, kind == Comprehension::exists, verdict);
  }
  if (!verdict.is(Kind::boolean)) {
    return stop(loop, verdict.is_error() ? verdict : Value::error(EvalErrorKind::not_boolean));
  }
  if (kind == Comprehension::exists_one) {
    loop.matches += verdict.as_boolean() ? 1U : 0U;
    return LoopStep::next_element;
  }
  return verdict.as_boolean() ? LoopStep::go_on : LoopStep::next_element;
}

LoopStep collect(LoopState& loop, Comprehension kind, const Value& value, Arena& arena, Budget& budget) {
  if (value.is_error()) {
    return stop(loop, value);
  }
  switch (kind) {
    case Comprehension::transform_map:
      return insert(loop, current_key(loop), value, budget);
    case Comprehension::transform_map_entry:
      return insert_all(loop, value, budget);
    default:
      return append(loop, value, arena) ? LoopStep::next_element : stop(loop, out_of_memory(budget));
  }
}

Value finish_loop(LoopState& loop, Comprehension kind, Budget& budget) {
  if (loop.decided || loop.outcome.is_error()) {
    return loop.outcome;
  }
  switch (kind) {
    case Comprehension::all:
      return Value::boolean(true);
    case Comprehension::exists:
      return Value::boolean(false);
    case Comprehension::exists_one:
      return Value::boolean(loop.matches == 1);
    case Comprehension::filter:
      return Value::list({loop.collected, loop.collected_size});
    case Comprehension::transform_map:
    case Comprehension::transform_map_entry: {
      const MapValue* map = loop.entries.finish();
      return map == nullptr ? out_of_memory(budget) : Value::map(*map);
    }
  }
  return {};
}

}  // namespace kentongan::cel
