// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/operators.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "rules/cel/map_value.hpp"
#include "rules/cel/time_text.hpp"
#include "rules/cel/value_compare.hpp"

namespace kentongan::cel {
namespace {

Value no_such_overload() { return Value::error(EvalErrorKind::no_such_overload); }
Value overflow() { return Value::error(EvalErrorKind::overflow); }
Value division_by_zero() { return Value::error(EvalErrorKind::division_by_zero); }

// The part that int and uint share.
template <class Number>
Value whole(Operator operation, Number left, Number right, Value (*make)(Number) noexcept) {
  Number result = 0;
  bool overflows = false;
  switch (operation) {
    case Operator::add:
      overflows = __builtin_add_overflow(left, right, &result);
      break;
    case Operator::subtract:
      overflows = __builtin_sub_overflow(left, right, &result);
      break;
    case Operator::multiply:
      overflows = __builtin_mul_overflow(left, right, &result);
      break;
    case Operator::divide:
      result = static_cast<Number>(left / right);
      break;
    case Operator::modulo:
      result = static_cast<Number>(left % right);
      break;
    default:
      return no_such_overload();
  }
  return overflows ? overflow() : make(result);
}

bool divides(Operator operation) { return operation == Operator::divide || operation == Operator::modulo; }

Value integers(Operator operation, std::int64_t left, std::int64_t right) {
  if (divides(operation)) {
    if (right == 0) {
      return division_by_zero();
    }
    if (right == -1) {
      if (left == INT64_MIN) {
        return overflow();
      }
      return Value::integer(operation == Operator::divide ? -left : 0);
    }
  }
  return whole(operation, left, right, &Value::integer);
}

Value unsigned_integers(Operator operation, std::uint64_t left, std::uint64_t right) {
  if (divides(operation) && right == 0) {
    return division_by_zero();
  }
  return whole(operation, left, right, &Value::unsigned_integer);
}

Value reals(Operator operation, double left, double right) {
  switch (operation) {
    case Operator::add:
      return Value::real(left + right);
    case Operator::subtract:
      return Value::real(left - right);
    case Operator::multiply:
      return Value::real(left * right);
    case Operator::divide:
      return Value::real(left / right);
    default:
      return no_such_overload();
  }
}

Value out_of_memory(Budget& budget) {
  budget.run_out_of_memory();
  return Value::error(EvalErrorKind::memory_limit);
}

Value concatenate_text(const Value& left, const Value& right, Arena& arena, Budget& budget) {
  const std::string_view first = left.as_text();
  const std::string_view second = right.as_text();
  if (!budget.charge_walk(first.size() + second.size())) {
    return Value::error(EvalErrorKind::step_limit);
  }
  char* text = arena.allocate_array<char>(first.size() + second.size());
  if (text == nullptr) {
    return out_of_memory(budget);
  }
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), text));
  const std::string_view both(text, first.size() + second.size());
  return left.is(Kind::string) ? Value::string(both) : Value::bytes(both);
}

Value concatenate_lists(const Value& left, const Value& right, Arena& arena, Budget& budget) {
  const auto first = left.as_list();
  const auto second = right.as_list();
  const std::size_t size = first.size() + second.size();
  if (!budget.charge_walk(size)) {
    return Value::error(EvalErrorKind::step_limit);
  }
  Value* elements = arena.allocate_array<Value>(size);
  if (elements == nullptr) {
    return out_of_memory(budget);
  }
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), elements));
  return Value::list({elements, size});
}

Value moved(const Value& time, std::int64_t by) {
  const auto sum = add(time.as_timestamp(), by);
  return sum ? Value::timestamp(*sum) : overflow();
}

Value subtract_from_timestamp(const Value& left, const Value& right) {
  if (right.is(Kind::timestamp)) {
    const auto between = difference(left.as_timestamp(), right.as_timestamp());
    return between ? Value::duration(*between) : overflow();
  }
  if (!right.is(Kind::duration)) {
    return no_such_overload();
  }
  return right.as_duration() == INT64_MIN ? overflow() : moved(left, -right.as_duration());
}

Value durations(Operator operation, const Value& left, const Value& right) {
  if (operation == Operator::add && right.is(Kind::timestamp)) {
    return moved(right, left.as_duration());
  }
  if (!right.is(Kind::duration) || operation > Operator::subtract) {
    return no_such_overload();
  }
  const Value sum = integers(operation, left.as_duration(), right.as_duration());
  return sum.is_error() ? sum : Value::duration(sum.as_integer());
}

Value timestamps(Operator operation, const Value& left, const Value& right) {
  if (operation == Operator::subtract) {
    return subtract_from_timestamp(left, right);
  }
  return operation == Operator::add && right.is(Kind::duration) ? moved(left, right.as_duration()) : no_such_overload();
}

bool in_list(const Value& wanted, std::span<const Value> elements, Budget& budget) {
  for (const Value& element : elements) {
    if (!budget.charge(1)) {
      return false;
    }
    if (equal(wanted, element, budget)) {
      return true;
    }
  }
  return false;
}

bool holds(Operator operation, std::partial_ordering order) {
  switch (operation) {
    case Operator::less:
      return order < 0;
    case Operator::less_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

}  // namespace

Value arithmetic(Operator operation, const Value& left, const Value& right, Arena& arena, Budget& budget) {
  if (left.is(Kind::duration)) {
    return durations(operation, left, right);
  }
  if (left.is(Kind::timestamp)) {
    return timestamps(operation, left, right);
  }
  if (left.kind() != right.kind()) {
    return no_such_overload();
  }
  switch (left.kind()) {
    case Kind::integer:
      return integers(operation, left.as_integer(), right.as_integer());
    case Kind::unsigned_integer:
      return unsigned_integers(operation, left.as_unsigned(), right.as_unsigned());
    case Kind::real:
      return reals(operation, left.as_real(), right.as_real());
    case Kind::string:
    case Kind::bytes:
      return operation == Operator::add ? concatenate_text(left, right, arena, budget) : no_such_overload();
    case Kind::list:
      return operation == Operator::add ? concatenate_lists(left, right, arena, budget) : no_such_overload();
    default:
      return no_such_overload();
  }
}

Value negate(const Value& operand) {
  if (operand.is(Kind::integer)) {
    return operand.as_integer() == INT64_MIN ? overflow() : Value::integer(-operand.as_integer());
  }
  return operand.is(Kind::real) ? Value::real(-operand.as_real()) : no_such_overload();
}

Value compare_with(Operator operation, const Value& left, const Value& right, Budget& budget) {
  if (operation == Operator::equal) {
    return Value::boolean(equal(left, right, budget));
  }
  if (operation == Operator::not_equal) {
    return Value::boolean(!equal(left, right, budget));
  }
  if (!has_order(left, right)) {
    return no_such_overload();
  }
  return Value::boolean(holds(operation, compare(left, right)));
}

Value membership(const Value& left, const Value& right, Budget& budget) {
  if (right.is(Kind::list)) {
    return Value::boolean(in_list(left, right.as_list(), budget));
  }
  return right.is(Kind::map) ? Value::boolean(right.as_map().find(left) != nullptr) : no_such_overload();
}

}  // namespace kentongan::cel
