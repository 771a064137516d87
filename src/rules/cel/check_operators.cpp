// SPDX-License-Identifier: Apache-2.0
// Operators, indexes and conditions.
#include <fmt/format.h>

#include "rules/cel/checking.hpp"
#include "rules/cel/operator_types.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {

Type Checker::index(NodeId id) {
  const Type target = type_of(node(id).children[0]);
  const NodeId key_id = node(id).children[1];
  const Type key = type_of(key_id);
  const bool wrap = node(id).is_optional || target.is(TypeKind::optional);
  const Type& container = target.is(TypeKind::optional) ? target.element() : target;
  Type element;
  if (container.is(TypeKind::list) || container.is(TypeKind::map)) {
    const Type wanted = container.is(TypeKind::list) ? Type(TypeKind::integer) : container.key();
    if (!can_be_equal(wanted, key)) {
      wrong_type(node(key_id).range, said::as_is(wanted.text()), key,
                 said::say("the index of a {} cannot be of type {}", container.text(), key.text()));
    }
    element = container.element();
  } else if (!container.is_open()) {
    return wrong_type(node(node(id).children[0]).range, "list or map", target,
                      said::say("a value of type {} has no elements", target.text()));
  }
  return wrap ? Type::optional(element) : element;
}

Type Checker::unary(NodeId id) {
  const NodeId operand = node(id).children[0];
  if (node(id).operation == Operator::logical_not) {
    require_boolean(operand, "the operand of `!`");
    return TypeKind::boolean;
  }
  Type type = type_of(operand);
  if (type.is_open() || type.is(TypeKind::integer) || type.is(TypeKind::real)) {
    return type;
  }
  return wrong_type(node(operand).range, "int or double", type, said::say("`-` is not defined for {}", type.text()));
}

Type Checker::binary(NodeId id) {
  const Operator operation = node(id).operation;
  const Type left = type_of(node(id).children[0]);
  const Type right = type_of(node(id).children[1]);
  if (operation == Operator::in) {
    return membership(id, left, right);
  }
  if (is_comparison(operation)) {
    const bool fits = operation == Operator::equal || operation == Operator::not_equal ? can_be_equal(left, right)
                                                                                       : can_be_ordered(left, right);
    if (!fits) {
      mismatch(id, left, right);
    }
    return TypeKind::boolean;
  }
  const auto type = arithmetic_type(operation, left, right);
  return type ? *type : mismatch(id, left, right);
}

Type Checker::mismatch(NodeId id, const Type& left, const Type& right) {
  const std::string_view sign = spelling(node(id).operation);
  const said::Text message = is_comparison(node(id).operation)
                                 ? said::say("`{}` cannot compare {} with {}", sign, left.text(), right.text())
                                 : said::say("`{}` is not defined between {} and {}", sign, left.text(), right.text());
  return wrong_type(node(id).range, said::as_is(left.text()), right, message);
}

Type Checker::membership(NodeId id, const Type& left, const Type& right) {
  if (right.is(TypeKind::list) || right.is(TypeKind::map)) {
    const Type& element = right.is(TypeKind::list) ? right.element() : right.key();
    if (!can_be_equal(left, element)) {
      wrong_type(node(id).range, said::as_is(element.text()), left,
                 said::say("a {} is never in a {}", left.text(), right.text()));
    }
  } else if (!right.is_open()) {
    wrong_type(node(node(id).children[1]).range, "list or map", right,
               said::say("`in` needs a list or map, not a {}", right.text()));
  }
  return TypeKind::boolean;
}

Type Checker::logical(NodeId id) {
  const bool is_and = node(id).kind == NodeKind::logical_and;
  for (const NodeId operand : std::vector<NodeId>(node(id).children)) {
    require_boolean(operand, is_and ? said::TextView("an operand of `&&`") : said::TextView("an operand of `||`"));
  }
  return TypeKind::boolean;
}

Type Checker::conditional(NodeId id) {
  const std::vector<NodeId> parts = node(id).children;
  require_boolean(parts[0], "the condition of `? :`");
  const Type then = type_of(parts[1]);
  const Type otherwise = type_of(parts[2]);
  if (!can_be_equal(then, otherwise)) {
    return wrong_type(node(parts[2]).range, said::as_is(then.text()), otherwise,
                      said::say("the two branches differ in type: {} and {}", then.text(), otherwise.text()));
  }
  return join(then, otherwise);
}

}  // namespace kentongan::cel
