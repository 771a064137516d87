// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/compiler.hpp"

#include <algorithm>

#include "rules/cel/conditions.hpp"
#include "rules/cel/evaluator.hpp"
#include "rules/cel/generating.hpp"
#include "rules/cel/workspace.hpp"

namespace kentongan::cel {
namespace {

// What may be computed in advance must be cheap and its outcome small.
constexpr EvaluationLimits folding_limits = {.steps = 20'000, .memory_bytes = 65'536};

class NoSlots : public Activation {
 public:
  [[nodiscard]] Value load(SlotId /*slot*/) const override { return Value::missing(); }
};

}  // namespace

std::shared_ptr<const ProgramData> Generator::run() {
  root();
  for (const CodeSpan& span : data_->conjunct_code) {
    add_required(span);
  }
  std::sort(data_->slots.begin(), data_->slots.end());
  data_->slots.erase(std::unique(data_->slots.begin(), data_->slots.end()), data_->slots.end());
  return std::move(data_);
}

void Generator::find_leaves(NodeId id, std::optional<SourceRange> use, std::vector<Leaf>& leaves) const {
  if (node(id).kind == NodeKind::logical_and) {
    for (const NodeId child : node(id).children) {
      find_leaves(child, use, leaves);
    }
  } else if (node(id).kind == NodeKind::macro_use) {
    find_leaves(node(id).children[0], use ? use : node(id).range, leaves);
  } else {
    leaves.push_back({id, use ? *use : node(id).range});
  }
}

void Generator::root() {
  std::vector<Leaf> leaves;
  find_leaves(checked_.ast.root, std::nullopt, leaves);
  std::vector<std::uint32_t> jumps;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (i > 0) {
      code_.set_place(place_of(checked_.ast.root));
      jumps.push_back(code_.emit({.opcode = Opcode::jump_if_false}));
    }
    leaf(leaves[i]);
    if (i > 0) {
      code_.set_place(place_of(checked_.ast.root));
      code_.emit({.opcode = Opcode::combine_and});
    }
  }
  land(jumps);
}

void Generator::leaf(const Leaf& leaf) {
  const std::uint32_t begin = code_.here();
  emit(leaf.node);
  const Node& part = node(leaf.node);
  data_->conjunct_code.push_back({begin, code_.here()});
  data_->conjuncts.push_back({part.range, data_->macro_name(part.source), leaf.use});
}

void Generator::add_required(CodeSpan span) {
  if (auto condition = condition_of(*data_, span)) {
    for (const Condition& known : data_->comparisons) {
      if (known.range == condition->range && known.macro == condition->macro) {
        condition->constant_ranges = known.constant_ranges;
      }
    }
    data_->required.push_back(std::move(*condition));
  }
}

void Generator::emit(NodeId id) {
  const CodePlace outer = code_.place();
  const std::uint32_t begin = code_.here();
  const std::int64_t depth = code_.depth();
  code_.set_place(place_of(id));
  emit_kind(id);
  fold(begin, depth);
  code_.set_place(outer);
}

void Generator::emit_kind(NodeId id) {
  switch (node(id).kind) {
    case NodeKind::literal:
      code_.emit_constant(node(id).value());
      return;
    case NodeKind::identifier:
    case NodeKind::select:
      return name(id);
    case NodeKind::presence:
      return presence(id);
    case NodeKind::index:
      return index(id);
    case NodeKind::unary:
      return unary(id);
    case NodeKind::binary:
      return binary(id);
    case NodeKind::logical_and:
      return logical(id, Opcode::jump_if_false, Opcode::combine_and);
    case NodeKind::logical_or:
      return logical(id, Opcode::jump_if_true, Opcode::combine_or);
    case NodeKind::conditional:
      return conditional(id);
    case NodeKind::call:
      return call(id);
    case NodeKind::list:
      return list(id);
    case NodeKind::map:
      return map(id);
    case NodeKind::comprehension:
      return comprehension(id);
    case NodeKind::bind:
      return bind(id);
    case NodeKind::optional_map:
      return optional_map(id);
    case NodeKind::macro_use:
      return emit(node(id).children[0]);
  }
}

void Generator::emit_children(NodeId id, std::size_t from) {
  for (std::size_t i = from; i < node(id).children.size(); ++i) {
    emit(node(id).children[i]);
  }
  code_.set_place(place_of(id));
}

void Generator::land(const std::vector<std::uint32_t>& jumps) {
  for (const std::uint32_t jump : jumps) {
    code_.land(jump);
  }
}

bool Generator::is_foldable(const Instruction& last) const {
  switch (last.opcode) {
    case Opcode::select:
    case Opcode::has_field:
    case Opcode::index:
    case Opcode::negate:
    case Opcode::logical_not:
    case Opcode::arithmetic:
    case Opcode::compare:
    case Opcode::membership:
    case Opcode::in_set:
    case Opcode::make_list:
    case Opcode::make_map:
      return true;
    case Opcode::call:
      return data_->functions[last.a]->is_pure();
    default:
      return false;
  }
}

void Generator::fold(std::uint32_t begin, std::int64_t depth) {
  if (!is_foldable(data_->code.back()) || !code_.has_constant_operands(begin)) {
    return;
  }
  Workspace workspace(folding_limits);
  workspace.prepare(data_->stack_size, data_->local_count);
  const Value value = cel::run(*data_, {begin, code_.here()}, NoSlots(), workspace);
  if (!value.is_error()) {
    code_.truncate(begin, depth);
    code_.emit_constant(value);
  }
}

std::shared_ptr<const ProgramData> generate(const Checked& checked, std::string_view text) {
  return Generator(checked, text).run();
}

}  // namespace kentongan::cel
