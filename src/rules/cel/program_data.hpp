// SPDX-License-Identifier: Apache-2.0
// The inside of a Program.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rules/cel/function.hpp"
#include "rules/cel/instruction.hpp"
#include "rules/cel/map_value.hpp"
#include "rules/cel/program.hpp"
#include "rules/cel/regex.hpp"

namespace kentongan::cel {

// A constant list on the right of `in`.
struct ConstantSet {
  std::span<const Value> elements;
  const MapValue* index = nullptr;  // elements as keys, where worth it and possible
};

// Where an instruction comes from.
struct CodePlace {
  SourceRange range;
  std::uint16_t source = 0;
};

struct CodeSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct ProgramData {
  std::string text;
  Type result_type;
  std::vector<Instruction> code;
  std::vector<CodePlace> places;  // one for each instruction
  std::vector<Value> constants;
  std::vector<ConstantSet> sets;
  std::vector<std::string_view> details;
  std::vector<std::vector<bool>> optional_marks;
  std::vector<std::shared_ptr<const FunctionGroup>> functions;
  std::vector<std::shared_ptr<const Regex>> patterns;
  std::vector<std::string> macro_names;
  std::size_t stack_size = 0;
  std::size_t local_count = 0;

  std::vector<Conjunct> conjuncts;
  std::vector<CodeSpan> conjunct_code;
  std::vector<Condition> required;
  std::vector<Condition> comparisons;
  std::vector<SlotId> slots;

  Arena arena;  // of constants and details

  [[nodiscard]] std::string_view macro_name(std::uint16_t source) const {
    return source == 0 ? std::string_view() : macro_names[source - 1U];
  }
};

}  // namespace kentongan::cel
