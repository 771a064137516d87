// SPDX-License-Identifier: Apache-2.0
// Code for operators, indexes, conditions, lists and maps.
#include "rules/cel/conditions.hpp"
#include "rules/cel/generating.hpp"

namespace kentongan::cel {

void Generator::index(NodeId id) {
  emit_children(id);
  code_.emit({.opcode = Opcode::index, .b = node(id).is_optional});
}

void Generator::unary(NodeId id) {
  emit_children(id);
  const bool is_negation = node(id).operation == Operator::negate;
  code_.emit({.opcode = is_negation ? Opcode::negate : Opcode::logical_not});
}

void Generator::binary(NodeId id) {
  const Operator operation = node(id).operation;
  const std::uint32_t left = code_.here();
  const std::int64_t depth = code_.depth();
  emit(node(id).children[0]);
  const std::uint32_t right = code_.here();
  emit(node(id).children[1]);
  code_.set_place(place_of(id));
  if (is_comparison(operation)) {
    if (!fuse_comparison(id, left, right, depth)) {
      code_.emit({.opcode = Opcode::compare, .b = static_cast<std::uint8_t>(operation)});
    }
  } else if (operation == Operator::in) {
    if (!fuse_membership(id, left, right, depth)) {
      code_.emit({.opcode = Opcode::membership});
    }
  } else {
    code_.emit({.opcode = Opcode::arithmetic, .b = static_cast<std::uint8_t>(operation)});
  }
}

const Instruction* Generator::only(std::uint32_t begin, std::uint32_t end, Opcode opcode) const {
  const Instruction& first = data_->code[begin];
  return begin + 1 == end && first.opcode == opcode ? &first : nullptr;
}

bool Generator::fuse_comparison(NodeId id, std::uint32_t left, std::uint32_t right, std::int64_t depth) {
  const std::uint32_t end = code_.here();
  Operator operation = node(id).operation;
  const Instruction* slot = only(left, right, Opcode::load_slot);
  const Instruction* constant = only(right, end, Opcode::constant);
  NodeId literal = node(id).children[1];
  if (slot == nullptr || constant == nullptr) {
    slot = only(right, end, Opcode::load_slot);
    constant = only(left, right, Opcode::constant);
    operation = mirrored(operation);
    literal = node(id).children[0];
  }
  if (slot == nullptr || constant == nullptr) {
    return false;
  }
  const Instruction fused{.opcode = Opcode::compare_slot,
                          .b = static_cast<std::uint8_t>(operation),
                          .flag = static_cast<std::uint16_t>(slot->c),
                          .a = slot->a,
                          .c = constant->a};
  code_.truncate(left, depth);
  note_comparison(code_.emit(fused), literal_ranges(id, literal));
  return true;
}

bool Generator::fuse_membership(NodeId id, std::uint32_t left, std::uint32_t right, std::int64_t depth) {
  const Instruction* constant = only(right, code_.here(), Opcode::constant);
  if (constant == nullptr || !data_->constants[constant->a].is(Kind::list)) {
    return false;
  }
  const std::uint32_t set = code_.add_set(data_->constants[constant->a]);
  const Instruction* slot = only(left, right, Opcode::load_slot);
  if (slot == nullptr) {
    code_.truncate(right, depth + 1);
    code_.emit({.opcode = Opcode::in_set, .a = set});
    return true;
  }
  const Instruction fused{
      .opcode = Opcode::slot_in, .flag = static_cast<std::uint16_t>(slot->c), .a = slot->a, .c = set};
  code_.truncate(left, depth);
  note_comparison(code_.emit(fused), literal_ranges(id, node(id).children[1]));
  return true;
}

void Generator::note_comparison(std::uint32_t at, std::vector<SourceRange> ranges) {
  auto condition = condition_of(*data_, {at, at + 1});
  condition->constant_ranges = std::move(ranges);
  data_->comparisons.push_back(std::move(*condition));
}

std::vector<SourceRange> Generator::literal_ranges(NodeId comparison, NodeId id) const {
  std::vector<SourceRange> ranges;
  if (node(id).source != node(comparison).source) {
    return ranges;
  }
  if (node(id).kind == NodeKind::literal) {
    ranges.push_back(node(id).range);
  } else if (node(id).kind == NodeKind::list) {
    for (const NodeId element : node(id).children) {
      ranges.push_back(node(element).range);
    }
  }
  return ranges;
}

void Generator::logical(NodeId id, Opcode jump, Opcode combine) {
  std::vector<std::uint32_t> jumps;
  emit(node(id).children[0]);
  for (std::size_t i = 1; i < node(id).children.size(); ++i) {
    jumps.push_back(code_.emit({.opcode = jump}));
    emit(node(id).children[i]);
    code_.emit({.opcode = combine});
  }
  land(jumps);
}

void Generator::conditional(NodeId id) {
  emit(node(id).children[0]);
  const std::uint32_t branch = code_.emit({.opcode = Opcode::branch});
  const std::int64_t depth = code_.depth();
  emit(node(id).children[1]);
  const std::uint32_t jump = code_.emit({.opcode = Opcode::jump});
  code_.land(branch);
  code_.set_depth(depth);
  emit(node(id).children[2]);
  code_.land(jump);
  data_->code[branch].c = code_.here();
}

std::uint32_t Generator::optional_marks(NodeId id) {
  if (node(id).optional_entries.empty()) {
    return 0;
  }
  data_->optional_marks.push_back(node(id).optional_entries);
  return static_cast<std::uint32_t>(data_->optional_marks.size());
}

void Generator::list(NodeId id) {
  emit_children(id);
  code_.emit({.opcode = Opcode::make_list,
              .a = static_cast<std::uint32_t>(node(id).children.size()),
              .c = optional_marks(id)});
}

void Generator::map(NodeId id) {
  emit_children(id);
  code_.emit({.opcode = Opcode::make_map,
              .a = static_cast<std::uint32_t>(node(id).children.size() / 2),
              .c = optional_marks(id)});
}

}  // namespace kentongan::cel
