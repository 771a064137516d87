// SPDX-License-Identifier: Apache-2.0
// Code for calls and the standard macros.
#include "rules/cel/generating.hpp"

namespace kentongan::cel {

void Generator::call(NodeId id) {
  if (note(id).function == nullptr) {
    return unknown(EvalErrorKind::unknown_function, node(id).name);
  }
  const std::size_t from = note(id).meaning == Meaning::global_call ? 1 : 0;
  const bool is_member = node(id).is_member && from == 0;
  const std::size_t count = node(id).children.size() - from;
  const std::string& name = note(id).function->name;
  if (is_member && count == 2 && (name == "or" || name == "orValue")) {
    return optional_or(id);
  }
  if (count > UINT8_MAX) {
    return unknown(EvalErrorKind::no_such_overload, name);
  }
  emit_children(id, from);
  std::uint32_t pattern = 0;
  if (note(id).pattern != nullptr) {
    data_->patterns.push_back(note(id).pattern);
    pattern = static_cast<std::uint32_t>(data_->patterns.size());
  }
  const CallStyle style = is_member ? CallStyle::member : CallStyle::global;
  code_.emit({.opcode = Opcode::call,
              .b = static_cast<std::uint8_t>(count),
              .flag = static_cast<std::uint16_t>(style),
              .a = code_.add_function(note(id).function),
              .c = pattern});
}

void Generator::optional_or(NodeId id) {
  const bool keeps_optional = note(id).function->name == "or";
  emit(node(id).children[0]);
  const std::uint32_t jump = code_.emit({.opcode = Opcode::optional_or, .b = keeps_optional});
  emit(node(id).children[1]);
  if (keeps_optional) {
    code_.emit({.opcode = Opcode::require_optional});
  }
  code_.land(jump);
}

void Generator::bind(NodeId id) {
  emit(node(id).children[0]);
  code_.emit({.opcode = Opcode::store_local, .a = note(id).number});
  emit(node(id).children[1]);
}

void Generator::optional_map(NodeId id) {
  emit(node(id).children[0]);
  const std::uint32_t open = code_.emit({.opcode = Opcode::optional_open, .c = note(id).number});
  emit(node(id).children[1]);
  code_.emit({.opcode = node(id).is_flat ? Opcode::require_optional : Opcode::optional_wrap});
  code_.land(open);
}

void Generator::comprehension(NodeId id) {
  const Node& macro = node(id);
  const auto kind = static_cast<std::uint8_t>(macro.comprehension);
  emit(macro.children[0]);
  const std::uint32_t begin = code_.emit({.opcode = Opcode::loop_begin, .flag = !macro.second_name.empty()});
  const std::uint32_t next = code_.emit({.opcode = Opcode::loop_next, .c = note(id).number});
  std::vector<std::uint32_t> exits = {next};
  if (macro.has_predicate) {
    emit(macro.children[1]);
    exits.push_back(code_.emit({.opcode = Opcode::loop_test, .b = kind, .c = next}));
  }
  if (macro.has_transform) {
    emit(macro.children.back());
  }
  if (macro.has_transform || macro.comprehension == Comprehension::filter) {
    exits.push_back(code_.emit({.opcode = Opcode::loop_collect, .b = kind, .flag = !macro.has_transform, .c = next}));
  }
  land(exits);
  code_.emit({.opcode = Opcode::loop_end, .b = kind});
  code_.land(begin);
}

}  // namespace kentongan::cel
