// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/evaluator.hpp"

#include "rules/cel/access.hpp"
#include "rules/cel/loops.hpp"
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

class Machine {
 public:
  Machine(const ProgramData& program, const Activation& activation, Workspace& workspace)
      : program_(program),
        activation_(activation),
        workspace_(workspace),
        arena_(workspace.arena),
        budget_(workspace.budget),
        top_(workspace.stack.data()) {}

  Value run(CodeSpan span) {
    const Instruction* code = program_.code.data();
    for (pc_ = span.begin; pc_ < span.end;) {
      const Instruction& instruction = code[pc_];
      ++pc_;
      step(instruction);
    }
    return outcome();
  }

 private:
  void push(const Value& value) { *top_++ = value; }
  Value pop() { return *--top_; }
  Value& top() { return top_[-1]; }

  // An error that arose here gets its place.
  [[nodiscard]] Value placed(const Value& value) const { return value.is_error() ? placed_error(value) : value; }
  [[nodiscard]] Value placed_error(const Value& error) const {
    if (error.error_kind() == EvalErrorKind::memory_limit) {
      budget_.run_out_of_memory();
    }
    return error.error_place() == 0 ? error.with_error_place(pc_) : error;
  }
  [[nodiscard]] Value fault(EvalErrorKind kind, const std::string_view* detail = nullptr) const {
    return Value::error(kind, detail).with_error_place(pc_);
  }

  // Limits end everything, even where an error would be absorbed.
  Value outcome() {
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

  void step(const Instruction& i) {
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

  void jump_if(bool condition, std::uint32_t target) {
    if (condition) {
      pc_ = target;
    }
  }

  [[nodiscard]] Value load(const Instruction& i) const {
    const Value value = activation_.load({i.a});
    return value.is_missing() ? fault(EvalErrorKind::missing_field, &program_.details[i.c]) : placed(value);
  }

  [[nodiscard]] Value load_compared(const Instruction& i) const {
    const Value value = activation_.load({i.a});
    return value.is_missing() ? fault(EvalErrorKind::missing_field, &program_.details[i.flag]) : placed(value);
  }

  void compare_slot(const Instruction& i) {
    const Value value = load_compared(i);
    push(value.is_error() ? value
                          : placed(compare_with(static_cast<Operator>(i.b), value, program_.constants[i.c], budget_)));
  }

  void slot_in(const Instruction& i) {
    const Value value = load_compared(i);
    push(value.is_error() ? value : Value::boolean(in_set(program_.sets[i.c], value, budget_)));
  }

  void top_in_set(const Instruction& i) {
    if (!top().is_error()) {
      top() = Value::boolean(in_set(program_.sets[i.a], top(), budget_));
    }
  }

  void select(const Instruction& i) {
    if (!top().is_error()) {
      top() = placed(select_field(top(), program_.details[i.a], i.b != 0, arena_));
    }
  }

  void has(const Instruction& i) {
    if (!top().is_error()) {
      top() = placed(has_field(top(), program_.details[i.a]));
    }
  }

  // Pops the right operand and replaces the left one, unless one is an error.
  template <class Operation>
  void binary(const Operation& operation) {
    const Value right = pop();
    Value& left = top();
    if (left.is_error()) {
      return;
    }
    left = right.is_error() ? right : placed(operation(left, right));
  }

  void index(const Instruction& i) {
    binary([&](const Value& target, const Value& key) { return element_at(target, key, i.b != 0, arena_); });
  }

  void arithmetic_on_top(const Instruction& i) {
    binary([&](const Value& left, const Value& right) {
      return arithmetic(static_cast<Operator>(i.b), left, right, arena_, budget_);
    });
  }

  void compare_top(const Instruction& i) {
    binary([&](const Value& left, const Value& right) {
      return compare_with(static_cast<Operator>(i.b), left, right, budget_);
    });
  }

  void membership_of_top() {
    binary([&](const Value& left, const Value& right) { return membership(left, right, budget_); });
  }

  void negate_top() {
    if (!top().is_error()) {
      top() = placed(negate(top()));
    }
  }

  void invert() {
    if (top().is(Kind::boolean)) {
      top() = Value::boolean(!top().as_boolean());
    } else if (!top().is_error()) {
      top() = fault(EvalErrorKind::not_boolean);
    }
  }

  // The value that decides, on either side, wins over errors on the other.
  void combine(bool deciding) {
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

  void branch(const Instruction& i) {
    const Value condition = pop();
    if (condition.is(Kind::boolean)) {
      jump_if(!condition.as_boolean(), i.a);
      return;
    }
    push(condition.is_error() ? condition : fault(EvalErrorKind::not_boolean));
    pc_ = i.c;
  }

  // The first error among the topmost values, or nullptr.
  [[nodiscard]] const Value* error_among(std::size_t count) const {
    for (const Value* value = top_ - count; value < top_; ++value) {
      if (value->is_error()) {
        return value;
      }
    }
    return nullptr;
  }

  // Takes the topmost values off and puts this one in their place.
  void replace(std::size_t count, const Value& value) {
    top_ -= count;
    push(value);
  }

  [[nodiscard]] Value out_of_memory() {
    budget_.run_out_of_memory();
    return fault(EvalErrorKind::memory_limit);
  }

  // Of an entry with a question mark: false when it is to be left out.
  [[nodiscard]] bool is_marked(const Instruction& i, std::size_t entry) const {
    return i.c != 0 && program_.optional_marks[i.c - 1][entry];
  }

  void make_list(const Instruction& i) {
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

  void make_map(const Instruction& i) {
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

  [[nodiscard]] Value refused(MapBuilder::Outcome outcome) {
    switch (outcome) {
      case MapBuilder::Outcome::duplicate:
        return fault(EvalErrorKind::duplicate_key);
      case MapBuilder::Outcome::not_a_key:
        return fault(EvalErrorKind::invalid_key);
      default:
        return out_of_memory();
    }
  }

  void call(const Instruction& i) {
    if (const Value* error = error_among(i.b)) {
      return replace(i.b, *error);
    }
    CallContext context{
        {top_ - i.b, i.b}, activation_, arena_, budget_, i.c == 0 ? nullptr : program_.patterns[i.c - 1].get()};
    const auto style = static_cast<CallStyle>(i.flag);
    replace(i.b, placed(program_.functions[i.a]->call(context, style)));
  }

  void optional_or(const Instruction& i) {
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

  void optional_open(const Instruction& i) {
    const Value value = pop();
    if (value.is(Kind::optional) && value.as_optional() != nullptr) {
      workspace_.locals[i.c] = *value.as_optional();
      return;
    }
    push(value.is_error() || value.is(Kind::optional) ? value : fault(EvalErrorKind::no_such_overload));
    pc_ = i.a;
  }

  void optional_wrap() {
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

  void require_optional() {
    if (!top().is(Kind::optional) && !top().is_error()) {
      top() = fault(EvalErrorKind::no_such_overload);
    }
  }

  void loop_begin(const Instruction& i) {
    const Value range = pop();
    LoopState& loop = workspace_.loops.emplace_back(arena_);
    if (!begin_loop(loop, range, i.flag != 0)) {
      workspace_.loops.pop_back();
      push(range.is_error() ? range : fault(EvalErrorKind::no_such_overload));
      pc_ = i.a;
    }
  }

  void loop_next(const Instruction& i) {
    LoopState& loop = workspace_.loops.back();
    // Once round the body costs at most its length; loops inside pay for themselves.
    if (!budget_.charge(1 + i.a - pc_) || !next_element(loop, workspace_.locals.data() + i.c)) {
      pc_ = i.a;
    }
  }

  void follow(LoopStep step, const Instruction& i) {
    if (step != LoopStep::go_on) {
      pc_ = step == LoopStep::leave ? i.a : i.c;
    }
  }

  void loop_test(const Instruction& i) {
    const Value verdict = pop();
    follow(test_element(workspace_.loops.back(), static_cast<Comprehension>(i.b), verdict), i);
  }

  // With a flag the element itself is kept.
  void loop_collect(const Instruction& i) {
    LoopState& loop = workspace_.loops.back();
    const Value value = i.flag != 0 ? loop.current : pop();
    follow(collect(loop, static_cast<Comprehension>(i.b), value, arena_, budget_), i);
  }

  void loop_end(const Instruction& i) {
    push(placed(finish_loop(workspace_.loops.back(), static_cast<Comprehension>(i.b), budget_)));
    workspace_.loops.pop_back();
  }

  const ProgramData& program_;
  const Activation& activation_;
  Workspace& workspace_;
  Arena& arena_;
  Budget& budget_;
  Value* top_;
  std::uint32_t pc_ = 0;
};

}  // namespace

Value run(const ProgramData& program, CodeSpan span, const Activation& activation, Workspace& workspace) {
  return Machine(program, activation, workspace).run(span);
}

}  // namespace kentongan::cel
