// SPDX-License-Identifier: Apache-2.0
// Code for names, fields and has().
#include "rules/cel/generating.hpp"

namespace kentongan::cel {

void Generator::unknown(EvalErrorKind kind, std::string_view what) {
  code_.emit({.opcode = Opcode::unknown, .b = static_cast<std::uint8_t>(kind), .c = code_.add_detail(what)});
}

void Generator::name(NodeId id) {
  switch (note(id).meaning) {
    case Meaning::slot:
      data_->slots.push_back({note(id).number});
      code_.emit({.opcode = Opcode::load_slot, .a = note(id).number, .c = code_.add_detail(note(id).path)});
      return;
    case Meaning::local:
      code_.emit({.opcode = Opcode::load_local, .a = note(id).number});
      return;
    case Meaning::constant:
      code_.emit_constant(note(id).constant->get());
      return;
    case Meaning::unknown:
      return unknown(EvalErrorKind::unknown_name, note(id).path);
    default:
      break;
  }
  emit_children(id);
  code_.emit({.opcode = Opcode::select, .b = node(id).is_optional, .a = code_.add_detail(node(id).name)});
}

void Generator::presence(NodeId id) {
  if (note(id).meaning == Meaning::presence) {
    return slots_present(id);
  }
  if (note(id).meaning == Meaning::unknown) {
    return unknown(EvalErrorKind::unknown_name, node(id).name);
  }
  emit_children(id);
  code_.emit({.opcode = Opcode::has_field, .a = code_.add_detail(node(id).name)});
}

void Generator::slots_present(NodeId id) {
  std::vector<std::uint32_t> jumps;
  const std::vector<SlotId>& slots = note(id).slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    data_->slots.push_back(slots[i]);
    if (i > 0) {
      jumps.push_back(code_.emit({.opcode = Opcode::jump_if_true}));
    }
    code_.emit({.opcode = Opcode::has_slot, .a = slots[i].value});
    if (i > 0) {
      code_.emit({.opcode = Opcode::combine_or});
    }
  }
  if (slots.empty()) {
    code_.emit_constant(Value::boolean(true));
  }
  land(jumps);
}

}  // namespace kentongan::cel
