// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/code_builder.hpp"

#include <algorithm>

#include "rules/cel/owned_value.hpp"

namespace kentongan::cel {
namespace {

// From this size on a set is looked up rather than walked.
constexpr std::size_t indexed_from = 9;

std::int64_t stack_effect(const Instruction& i) {
  switch (i.opcode) {
    case Opcode::constant:
    case Opcode::load_slot:
    case Opcode::has_slot:
    case Opcode::load_local:
    case Opcode::unknown:
    case Opcode::compare_slot:
    case Opcode::slot_in:
    case Opcode::loop_end:
      return 1;
    case Opcode::store_local:
    case Opcode::index:
    case Opcode::arithmetic:
    case Opcode::compare:
    case Opcode::membership:
    case Opcode::combine_and:
    case Opcode::combine_or:
    case Opcode::branch:
    case Opcode::optional_or:
    case Opcode::optional_open:
    case Opcode::loop_begin:
    case Opcode::loop_test:
      return -1;
    case Opcode::loop_collect:
      return i.flag != 0 ? 0 : -1;
    case Opcode::make_list:
      return 1 - std::int64_t{i.a};
    case Opcode::make_map:
      return 1 - std::int64_t{i.a} * 2;
    case Opcode::call:
      return 1 - std::int64_t{i.b};
    default:
      return 0;
  }
}

const MapValue* index_of(Arena& arena, std::span<const Value> elements) {
  MapBuilder builder(arena);
  for (const Value& element : elements) {
    const auto outcome = builder.insert(element, Value());
    if (outcome != MapBuilder::Outcome::inserted && outcome != MapBuilder::Outcome::duplicate) {
      return nullptr;
    }
  }
  return builder.finish();
}

}  // namespace

std::uint32_t CodeBuilder::emit(Instruction instruction) {
  data_.code.push_back(instruction);
  data_.places.push_back(place_);
  depth_ += stack_effect(instruction);
  // One more than the depth: some jumps leave a value that falling through takes off.
  data_.stack_size = std::max(data_.stack_size, static_cast<std::size_t>(depth_) + 2);
  return here() - 1;
}

std::uint32_t CodeBuilder::emit_constant(const Value& value) {
  data_.constants.push_back(copy_into(data_.arena, value));
  return emit({.opcode = Opcode::constant, .a = static_cast<std::uint32_t>(data_.constants.size() - 1)});
}

std::uint32_t CodeBuilder::add_detail(std::string_view text) {
  const auto found = std::find(data_.details.begin(), data_.details.end(), text);
  if (found != data_.details.end()) {
    return static_cast<std::uint32_t>(found - data_.details.begin());
  }
  data_.details.push_back(data_.arena.copy(text));
  return static_cast<std::uint32_t>(data_.details.size() - 1);
}

std::uint32_t CodeBuilder::add_function(std::shared_ptr<const FunctionGroup> function) {
  const auto found = std::find(data_.functions.begin(), data_.functions.end(), function);
  if (found != data_.functions.end()) {
    return static_cast<std::uint32_t>(found - data_.functions.begin());
  }
  data_.functions.push_back(std::move(function));
  return static_cast<std::uint32_t>(data_.functions.size() - 1);
}

std::uint32_t CodeBuilder::add_set(const Value& list) {
  ConstantSet set;
  set.elements = list.as_list();
  if (set.elements.size() >= indexed_from) {
    set.index = index_of(data_.arena, set.elements);
  }
  data_.sets.push_back(set);
  return static_cast<std::uint32_t>(data_.sets.size() - 1);
}

void CodeBuilder::truncate(std::uint32_t index, std::int64_t depth) {
  data_.code.resize(index);
  data_.places.resize(index);
  depth_ = depth;
}

bool CodeBuilder::has_constant_operands(std::uint32_t begin) const {
  return std::all_of(data_.code.begin() + begin, data_.code.end() - 1,
                     [](const Instruction& i) { return i.opcode == Opcode::constant; });
}

}  // namespace kentongan::cel
