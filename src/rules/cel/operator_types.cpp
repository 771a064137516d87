// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/operator_types.hpp"

#include <array>

namespace kentongan::cel {
namespace {

struct Rule {
  Operator operation;
  TypeKind left;
  TypeKind right;
  TypeKind result;
};

using enum TypeKind;

// Beside these: the four operations within int, uint and double, % within int and uint.
constexpr std::array<Rule, 8> rules = {{
    {Operator::add, string, string, string},
    {Operator::add, bytes, bytes, bytes},
    {Operator::add, timestamp, duration, timestamp},
    {Operator::add, duration, timestamp, timestamp},
    {Operator::add, duration, duration, duration},
    {Operator::subtract, timestamp, duration, timestamp},
    {Operator::subtract, timestamp, timestamp, duration},
    {Operator::subtract, duration, duration, duration},
}};

// Of an operation one side of which is known only at run time.
Type half_open(const Type& known) { return known.is_number() || known.is(string) || known.is(bytes) ? known : Type(); }

bool fits(const Type& type, TypeKind kind) { return type.is_open() || type.is(kind); }

}  // namespace

std::optional<Type> arithmetic_type(Operator operation, const Type& left, const Type& right) {
  if (left.is_open() && right.is_open()) {
    return Type();
  }
  const bool half = left.is_open() || right.is_open();
  const Type& known = left.is_open() ? right : left;
  if (known.is_number() && (half || left == right) && (operation != Operator::modulo || !known.is(real))) {
    return known;
  }
  if (operation == Operator::add && known.is(list) && fits(left, list) && fits(right, list)) {
    return half ? Type::list({}) : Type::list(join(left.element(), right.element()));
  }
  for (const Rule& rule : rules) {
    if (rule.operation == operation && fits(left, rule.left) && fits(right, rule.right)) {
      return half ? half_open(known) : Type(rule.result);
    }
  }
  return std::nullopt;
}

bool can_be_equal(const Type& left, const Type& right) {
  if (left.is_open() || right.is_open() || (left.is_number() && right.is_number())) {
    return true;
  }
  if (left.kind() != right.kind()) {
    return false;
  }
  switch (left.kind()) {
    case list:
    case optional:
      return can_be_equal(left.element(), right.element());
    case map:
      return can_be_equal(left.key(), right.key()) && can_be_equal(left.element(), right.element());
    default:
      return true;
  }
}

bool can_be_ordered(const Type& left, const Type& right) {
  const auto ordered = [](const Type& type) {
    return type.is_open() || type.is_number() || type.is(boolean) || type.is(string) || type.is(bytes) ||
           type.is(timestamp) || type.is(duration);
  };
  return ordered(left) && ordered(right) && can_be_equal(left, right);
}

}  // namespace kentongan::cel
