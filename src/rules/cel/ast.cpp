// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/ast.hpp"

#include <algorithm>

namespace kentongan::cel {

std::string_view spelling(Operator operation) {
  switch (operation) {
    case Operator::none:
      return "";
    case Operator::negate:
    case Operator::subtract:
      return "-";
    case Operator::logical_not:
      return "!";
    case Operator::add:
      return "+";
    case Operator::multiply:
      return "*";
    case Operator::divide:
      return "/";
    case Operator::modulo:
      return "%";
    case Operator::equal:
      return "==";
    case Operator::not_equal:
      return "!=";
    case Operator::less:
      return "<";
    case Operator::less_equal:
      return "<=";
    case Operator::greater:
      return ">";
    case Operator::greater_equal:
      return ">=";
    case Operator::in:
      return "in";
  }
  return "";
}

bool is_comparison(Operator operation) { return operation >= Operator::equal && operation <= Operator::greater_equal; }

std::string_view name(Comprehension comprehension) {
  switch (comprehension) {
    case Comprehension::all:
      return "all";
    case Comprehension::exists:
      return "exists";
    case Comprehension::exists_one:
      return "exists_one";
    case Comprehension::filter:
      return "filter";
    case Comprehension::transform_map:
      return "transformMap";
    case Comprehension::transform_map_entry:
      return "transformMapEntry";
  }
  return "";
}

Value Node::value() const {
  switch (literal.kind()) {
    case Kind::string:
      return Value::string(name);
    case Kind::bytes:
      return Value::bytes(name);
    default:
      return literal;
  }
}

NodeId Ast::add(Node node) {
  std::uint16_t below = 0;
  for (const NodeId child : node.children) {
    below = std::max(below, nodes_[child].depth);
  }
  node.depth = static_cast<std::uint16_t>(below + 1U);
  nodes_.push_back(std::move(node));
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Ast::graft(const Ast& other, std::string_view macro) {
  const auto shift = static_cast<NodeId>(nodes_.size());
  const std::uint16_t source = source_of(macro);
  for (const Node& original : other.nodes_) {
    Node node = original;
    node.source = source;
    for (NodeId& child : node.children) {
      child += shift;
    }
    nodes_.push_back(std::move(node));
  }
  return other.root + shift;
}

std::uint16_t Ast::source_of(std::string_view macro) {
  const auto found = std::find(macro_names_.begin(), macro_names_.end(), macro);
  if (found == macro_names_.end()) {
    macro_names_.emplace_back(macro);
    return static_cast<std::uint16_t>(macro_names_.size());
  }
  return static_cast<std::uint16_t>(found - macro_names_.begin() + 1);
}

}  // namespace kentongan::cel
