// SPDX-License-Identifier: Apache-2.0
// What a Scratch holds: stack, locals, loops, arena.
#pragma once

#include <vector>

#include "rules/cel/arena.hpp"
#include "rules/cel/budget.hpp"
#include "rules/cel/map_value.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// A comprehension on its way.
struct LoopState {
  explicit LoopState(Arena& arena) : entries(arena) {}

  // Of a list only the elements, of a map both.
  const Value* keys = nullptr;
  const Value* elements = nullptr;
  std::uint32_t size = 0;
  std::uint32_t next = 0;
  std::uint32_t matches = 0;
  bool two_variables = false;
  bool decided = false;  // all, exists: by an element, not by an error
  Value outcome;         // an error, or what decided
  Value current;         // the element that a filter keeps
  Value* collected = nullptr;
  std::uint32_t collected_size = 0;
  std::uint32_t collected_capacity = 0;
  MapBuilder entries;
};

struct Workspace {
  explicit Workspace(const EvaluationLimits& given) : limits(given), arena(given.memory_bytes) {}

  // Ready for a program of this size.
  void prepare(std::size_t stack_size, std::size_t local_count) {
    if (stack.size() < stack_size) {
      stack.resize(stack_size);
    }
    if (locals.size() < local_count) {
      locals.resize(local_count);
    }
    loops.clear();
    arena.reset();
    budget = Budget(limits.steps);
  }

  EvaluationLimits limits;
  std::vector<Value> stack;
  std::vector<Value> locals;
  std::vector<LoopState> loops;
  Arena arena;
  Budget budget;
};

}  // namespace kentongan::cel
