// SPDX-License-Identifier: Apache-2.0
// The evaluator at work; its parts stand in evaluator.cpp and evaluate_values.cpp.
#pragma once

#include "rules/cel/loops.hpp"
#include "rules/cel/program_data.hpp"
#include "rules/cel/workspace.hpp"

namespace kentongan::cel {

class Machine {
 public:
  Machine(const ProgramData& program, const Activation& activation, Workspace& workspace)
      : program_(program),
        activation_(activation),
        workspace_(workspace),
        arena_(workspace.arena),
        budget_(workspace.budget),
        top_(workspace.stack.data()) {}

  Value run(CodeSpan span);

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
  Value outcome();
  void step(const Instruction& i);
  void jump_if(bool condition, std::uint32_t target) {
    if (condition) {
      pc_ = target;
    }
  }

  [[nodiscard]] Value load(const Instruction& i) const;
  [[nodiscard]] Value load_compared(const Instruction& i) const;
  void compare_slot(const Instruction& i);
  void slot_in(const Instruction& i);
  void top_in_set(const Instruction& i);
  void select(const Instruction& i);
  void has(const Instruction& i);

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

  void index(const Instruction& i);
  void arithmetic_on_top(const Instruction& i);
  void compare_top(const Instruction& i);
  void membership_of_top();
  void negate_top();
  void invert();

  // The value that decides, on either side, wins over errors on the other.
  void combine(bool deciding);
  void branch(const Instruction& i);

  // The first error among the topmost values, or nullptr.
  [[nodiscard]] const Value* error_among(std::size_t count) const;

  // Takes the topmost values off and puts this one in their place.
  void replace(std::size_t count, const Value& value);
  [[nodiscard]] Value out_of_memory();

  // Of an entry with a question mark: false when it is to be left out.
  [[nodiscard]] bool is_marked(const Instruction& i, std::size_t entry) const;
  void make_list(const Instruction& i);
  void make_map(const Instruction& i);
  [[nodiscard]] Value refused(MapBuilder::Outcome outcome);
  void call(const Instruction& i);
  void optional_or(const Instruction& i);
  void optional_open(const Instruction& i);
  void optional_wrap();
  void require_optional();
  void loop_begin(const Instruction& i);
  void loop_next(const Instruction& i);
  void follow(LoopStep step, const Instruction& i);
  void loop_test(const Instruction& i);

  // With a flag the element itself is kept.
  void loop_collect(const Instruction& i);
  void loop_end(const Instruction& i);

  const ProgramData& program_;
  const Activation& activation_;
  Workspace& workspace_;
  Arena& arena_;
  Budget& budget_;
  Value* top_;
  std::uint32_t pc_ = 0;
};

}  // namespace kentongan::cel
