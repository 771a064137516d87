// SPDX-License-Identifier: Apache-2.0
// optional.of optional.none optional.ofNonZeroValue hasValue value. The evaluator itself
// does or() and orValue(), which do not look at their argument when they need not.
#include "rules/cel/map_value.hpp"
#include "rules/cel/standard_functions.hpp"

namespace kentongan::cel {
namespace {

bool is_zero(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return !value.as_boolean();
    case Kind::integer:
    case Kind::duration:
      return value.as_integer() == 0;
    case Kind::unsigned_integer:
      return value.as_unsigned() == 0;
    case Kind::real:
      return value.as_real() == 0;
    case Kind::string:
    case Kind::bytes:
      return value.as_text().empty();
    case Kind::list:
      return value.as_list().empty();
    case Kind::map:
      return value.as_map().size() == 0;
    case Kind::timestamp:
      return value.as_timestamp() == Timestamp{};
    case Kind::optional:
      return value.as_optional() == nullptr;
    default:
      return false;
  }
}

Value of(CallContext& context) { return context.make_optional(context.argument(0)); }

Value none(CallContext& /*context*/) { return Value::optional(nullptr); }

Value of_non_zero(CallContext& context) {
  return is_zero(context.argument(0)) ? Value::optional(nullptr) : context.make_optional(context.argument(0));
}

Value has_value(CallContext& context) { return Value::boolean(context.argument(0).as_optional() != nullptr); }

Value value_of(CallContext& context) {
  const Value* content = context.argument(0).as_optional();
  return content == nullptr ? Value::error(EvalErrorKind::empty_optional) : *content;
}

}  // namespace

void add_optional_functions(FunctionTable& table) {
  using enum TypeKind;
  const Type any = Type::parameter(0);
  const Type some = Type::optional(any);
  table.emplace_back("optional.of", standard({global({any}, some)}, of));
  table.emplace_back("optional.none", standard({global({}, Type::optional({}))}, none));
  table.emplace_back("optional.ofNonZeroValue", standard({global({any}, some)}, of_non_zero));
  table.emplace_back("hasValue", standard({member({some}, boolean)}, has_value));
  table.emplace_back("value", standard({member({some}, any)}, value_of));
  // For the checker only; see the compiler.
  table.emplace_back("or", standard({member({some, some}, some)}, none));
  table.emplace_back("orValue", standard({member({some, any}, any)}, none));
}

}  // namespace kentongan::cel
