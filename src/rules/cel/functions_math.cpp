// SPDX-License-Identifier: Apache-2.0
// math.greatest .least .ceil .floor .round .trunc .abs .sign .sqrt .isNaN .isInf .isFinite
// .bitAnd .bitOr .bitXor .bitNot .bitShiftLeft .bitShiftRight
#include <cmath>

#include "rules/cel/standard_functions.hpp"
#include "rules/cel/value_compare.hpp"

namespace kentongan::cel {
namespace {

template <bool greatest>
Value extreme(CallContext& context) {
  std::span<const Value> values = context.arguments;
  if (values.size() == 1 && values.front().is(Kind::list)) {
    values = values.front().as_list();
  }
  if (values.empty()) {
    return context.error(EvalErrorKind::invalid_argument, "an empty list");
  }
  if (!context.budget.charge_walk(values.size())) {
    return Value::error(EvalErrorKind::step_limit);
  }
  const Value* best = &values.front();
  for (const Value& value : values) {
    if (!value.is_number()) {
      return context.no_such_overload();
    }
    const auto order = compare_numbers(value, *best);
    if (greatest ? order > 0 : order < 0) {
      best = &value;
    }
  }
  return *best;
}

template <double (*operation)(double)>
Value of_real(CallContext& context) {
  return Value::real(operation(context.argument(0).as_real()));
}

double ceil(double number) { return std::ceil(number); }
double floor(double number) { return std::floor(number); }
// Halves away from zero.
double round(double number) { return std::round(number); }
double trunc(double number) { return std::trunc(number); }

Value sqrt(CallContext& context) {
  const Value& value = context.argument(0);
  switch (value.kind()) {
    case Kind::integer:
      return Value::real(std::sqrt(static_cast<double>(value.as_integer())));
    case Kind::unsigned_integer:
      return Value::real(std::sqrt(static_cast<double>(value.as_unsigned())));
    default:
      return Value::real(std::sqrt(value.as_real()));
  }
}

Value is_nan(CallContext& context) { return Value::boolean(std::isnan(context.argument(0).as_real())); }
Value is_inf(CallContext& context) { return Value::boolean(std::isinf(context.argument(0).as_real())); }
Value is_finite(CallContext& context) { return Value::boolean(std::isfinite(context.argument(0).as_real())); }

Value absolute(CallContext& context) {
  const Value& value = context.argument(0);
  if (value.is(Kind::real)) {
    return Value::real(std::abs(value.as_real()));
  }
  if (value.is(Kind::unsigned_integer) || value.as_integer() >= 0) {
    return value;
  }
  return value.as_integer() == INT64_MIN ? Value::error(EvalErrorKind::overflow) : Value::integer(-value.as_integer());
}

Value sign(CallContext& context) {
  const Value& value = context.argument(0);
  switch (value.kind()) {
    case Kind::integer:
      return Value::integer((value.as_integer() > 0 ? 1 : 0) - (value.as_integer() < 0 ? 1 : 0));
    case Kind::unsigned_integer:
      return Value::unsigned_integer(value.as_unsigned() > 0 ? 1 : 0);
    default: {
      const double number = value.as_real();
      return Value::real(number > 0 ? 1.0 : number < 0 ? -1.0 : number);
    }
  }
}

std::uint64_t bits_of(const Value& value) {
  return value.is(Kind::integer) ? static_cast<std::uint64_t>(value.as_integer()) : value.as_unsigned();
}

Value like(const Value& model, std::uint64_t bits) {
  return model.is(Kind::integer) ? Value::integer(static_cast<std::int64_t>(bits)) : Value::unsigned_integer(bits);
}

Value bit_and(CallContext& context) {
  return like(context.argument(0), bits_of(context.argument(0)) & bits_of(context.argument(1)));
}
Value bit_or(CallContext& context) {
  return like(context.argument(0), bits_of(context.argument(0)) | bits_of(context.argument(1)));
}
Value bit_xor(CallContext& context) {
  return like(context.argument(0), bits_of(context.argument(0)) ^ bits_of(context.argument(1)));
}
Value bit_not(CallContext& context) { return like(context.argument(0), ~bits_of(context.argument(0))); }

// Shifts fill with zeros, also from the left; by 64 and more the result is 0.
template <bool left>
Value shift(CallContext& context) {
  const std::int64_t by = context.argument(1).as_integer();
  if (by < 0) {
    return context.error(EvalErrorKind::invalid_argument, "a negative shift");
  }
  const std::uint64_t bits = bits_of(context.argument(0));
  if (by >= 64) {
    return like(context.argument(0), 0);
  }
  return like(context.argument(0), left ? bits << by : bits >> by);
}

std::vector<Overload> extremes() {
  using enum TypeKind;
  std::vector<Overload> overloads = {
      global({Type::list(integer)}, integer),
      global({Type::list(unsigned_integer)}, unsigned_integer),
      global({Type::list(real)}, real),
  };
  for (const TypeKind kind : {integer, unsigned_integer, real}) {
    overloads.push_back({CallStyle::global, {kind}, kind, true});
  }
  for (const TypeKind kind : {integer, unsigned_integer, real}) {
    overloads.push_back({CallStyle::global, {kind, dyn}, dyn, true});
  }
  return overloads;
}

std::vector<Overload> numbers(std::initializer_list<TypeKind> kinds) {
  std::vector<Overload> overloads;
  for (const TypeKind kind : kinds) {
    overloads.push_back(global({kind}, kind));
  }
  return overloads;
}

std::vector<Overload> pairs(bool second_is_integer) {
  using enum TypeKind;
  std::vector<Overload> overloads;
  for (const TypeKind kind : {integer, unsigned_integer}) {
    overloads.push_back(global({kind, second_is_integer ? integer : kind}, kind));
  }
  return overloads;
}

}  // namespace

void add_math_extension(FunctionTable& table) {
  using enum TypeKind;
  const auto add = [&](std::string_view name, std::vector<Overload> overloads, Value (*call)(CallContext&)) {
    table.emplace_back(name, standard(std::move(overloads), call));
  };
  const std::vector<Overload> test = {global({real}, boolean)};
  add("math.greatest", extremes(), extreme<true>);
  add("math.least", extremes(), extreme<false>);
  add("math.ceil", numbers({real}), of_real<ceil>);
  add("math.floor", numbers({real}), of_real<floor>);
  add("math.round", numbers({real}), of_real<round>);
  add("math.trunc", numbers({real}), of_real<trunc>);
  add("math.sqrt", {global({integer}, real), global({unsigned_integer}, real), global({real}, real)}, sqrt);
  add("math.abs", numbers({integer, unsigned_integer, real}), absolute);
  add("math.sign", numbers({integer, unsigned_integer, real}), sign);
  add("math.isNaN", test, is_nan);
  add("math.isInf", test, is_inf);
  add("math.isFinite", test, is_finite);
  add("math.bitAnd", pairs(false), bit_and);
  add("math.bitOr", pairs(false), bit_or);
  add("math.bitXor", pairs(false), bit_xor);
  add("math.bitNot", numbers({integer, unsigned_integer}), bit_not);
  add("math.bitShiftLeft", pairs(true), shift<true>);
  add("math.bitShiftRight", pairs(true), shift<false>);
}

}  // namespace kentongan::cel
