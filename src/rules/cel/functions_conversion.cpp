// SPDX-License-Identifier: Apache-2.0
// int() uint() double() bool() string() bytes() timestamp() duration() type() dyn()
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/cel/numbers.hpp"
#include "rules/cel/standard_functions.hpp"
#include "rules/cel/time_text.hpp"
#include "rules/cel/utf8.hpp"

namespace kentongan::cel {
namespace {

template <class Number>
Value or_overflow(std::optional<Number> number, Value (*make)(Number)) {
  return number ? make(*number) : Value::error(EvalErrorKind::overflow);
}

template <class Parsed>
Value or_not_convertible(CallContext& context, std::optional<Parsed> parsed, Value (*make)(Parsed)) {
  return parsed ? make(*parsed) : context.error(EvalErrorKind::conversion, context.argument(0).as_text());
}

Value make_integer(std::int64_t number) { return Value::integer(number); }
Value make_unsigned(std::uint64_t number) { return Value::unsigned_integer(number); }
Value make_real(double number) { return Value::real(number); }
Value make_timestamp(Timestamp time) { return Value::timestamp(time); }
Value make_duration(std::int64_t nanoseconds) { return Value::duration(nanoseconds); }

Value to_integer(CallContext& context) {
  const Value& value = context.argument(0);
  switch (value.kind()) {
    case Kind::unsigned_integer:
      return value.as_unsigned() <= INT64_MAX ? Value::integer(static_cast<std::int64_t>(value.as_unsigned()))
                                              : Value::error(EvalErrorKind::overflow);
    case Kind::real:
      return or_overflow(truncate_to_integer(value.as_real()), make_integer);
    case Kind::string:
      return or_not_convertible(context, parse_integer(value.as_text()), make_integer);
    case Kind::timestamp:
      return Value::integer(value.as_timestamp().seconds);
    default:
      return value;
  }
}

Value to_unsigned(CallContext& context) {
  const Value& value = context.argument(0);
  switch (value.kind()) {
    case Kind::integer:
      return value.as_integer() >= 0 ? Value::unsigned_integer(static_cast<std::uint64_t>(value.as_integer()))
                                     : Value::error(EvalErrorKind::overflow);
    case Kind::real:
      return or_overflow(truncate_to_unsigned(value.as_real()), make_unsigned);
    case Kind::string:
      return or_not_convertible(context, parse_unsigned(value.as_text()), make_unsigned);
    default:
      return value;
  }
}

Value to_real(CallContext& context) {
  const Value& value = context.argument(0);
  switch (value.kind()) {
    case Kind::integer:
      return Value::real(static_cast<double>(value.as_integer()));
    case Kind::unsigned_integer:
      return Value::real(static_cast<double>(value.as_unsigned()));
    case Kind::string:
      return or_not_convertible(context, parse_real(value.as_text()), make_real);
    default:
      return value;
  }
}

Value to_boolean(CallContext& context) {
  const Value& value = context.argument(0);
  if (value.is(Kind::boolean)) {
    return value;
  }
  constexpr std::array<std::string_view, 5> yes = {"1", "t", "true", "TRUE", "True"};
  constexpr std::array<std::string_view, 5> no = {"0", "f", "false", "FALSE", "False"};
  if (std::find(yes.begin(), yes.end(), value.as_text()) != yes.end()) {
    return Value::boolean(true);
  }
  if (std::find(no.begin(), no.end(), value.as_text()) != no.end()) {
    return Value::boolean(false);
  }
  return context.error(EvalErrorKind::conversion, value.as_text());
}

Value to_string(CallContext& context) {
  const Value& value = context.argument(0);
  switch (value.kind()) {
    case Kind::boolean:
      return context.make_string(value.as_boolean() ? "true" : "false");
    case Kind::integer:
      return context.make_string(fmt::format("{}", value.as_integer()));
    case Kind::unsigned_integer:
      return context.make_string(fmt::format("{}", value.as_unsigned()));
    case Kind::real:
      return context.make_string(format_real(value.as_real()));
    case Kind::timestamp:
      return context.make_string(format(value.as_timestamp()));
    case Kind::duration:
      return context.make_string(format_duration(value.as_duration()));
    case Kind::bytes:
      return utf8::is_valid(value.as_text()) ? Value::string(value.as_text())
                                             : context.error(EvalErrorKind::conversion, "not valid UTF-8");
    default:
      return value;
  }
}

Value to_bytes(CallContext& context) { return Value::bytes(context.argument(0).as_text()); }

Value to_timestamp(CallContext& context) {
  const Value& value = context.argument(0);
  if (value.is(Kind::string)) {
    return or_not_convertible(context, parse_timestamp(value.as_text()), make_timestamp);
  }
  if (value.is(Kind::timestamp)) {
    return value;
  }
  const Timestamp time{value.as_integer(), 0};
  return in_range(time) ? Value::timestamp(time) : Value::error(EvalErrorKind::overflow);
}

Value to_duration(CallContext& context) {
  const Value& value = context.argument(0);
  if (value.is(Kind::string)) {
    return or_not_convertible(context, parse_duration(value.as_text()), make_duration);
  }
  return value;
}

Value type_of(CallContext& context) { return Value::type(context.argument(0).kind()); }

Value identity(CallContext& context) { return context.argument(0); }

// One global function of one argument, for each of these types.
Function converter(std::initializer_list<TypeKind> from, TypeKind to, Value (*call)(CallContext&)) {
  std::vector<Overload> overloads;
  for (const TypeKind kind : from) {
    overloads.push_back(global({kind}, to));
  }
  return standard(std::move(overloads), call);
}

}  // namespace

void add_conversions(FunctionTable& table) {
  using enum TypeKind;
  table.emplace_back("int", converter({integer, unsigned_integer, real, string, timestamp}, integer, to_integer));
  table.emplace_back("uint", converter({unsigned_integer, integer, real, string}, unsigned_integer, to_unsigned));
  table.emplace_back("double", converter({real, integer, unsigned_integer, string}, real, to_real));
  table.emplace_back("bool", converter({boolean, string}, boolean, to_boolean));
  table.emplace_back("string", converter({string, boolean, integer, unsigned_integer, real, bytes, timestamp, duration},
                                         string, to_string));
  table.emplace_back("bytes", converter({bytes, string}, bytes, to_bytes));
  table.emplace_back("timestamp", converter({timestamp, string, integer}, timestamp, to_timestamp));
  table.emplace_back("duration", converter({duration, string}, duration, to_duration));
  table.emplace_back("type", standard({global({dyn}, type)}, type_of));
  table.emplace_back("dyn", standard({global({dyn}, dyn)}, identity));
}

}  // namespace kentongan::cel
