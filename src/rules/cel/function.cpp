// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/function.hpp"

#include <algorithm>

namespace kentongan::cel {
namespace {

bool fits(const Overload& overload, CallStyle style, std::span<const Value> arguments) {
  if (overload.style != style || !overload.takes(arguments.size())) {
    return false;
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!admits(overload.parameter(i), arguments[i].kind())) {
      return false;
    }
  }
  return true;
}

bool has_overload(const Function& function, CallStyle style, std::span<const Value> arguments) {
  return std::any_of(function.overloads.begin(), function.overloads.end(),
                     [&](const Overload& overload) { return fits(overload, style, arguments); });
}

}  // namespace

Value CallContext::error(EvalErrorKind kind, std::string_view detail) {
  auto* view = arena.allocate_array<std::string_view>(1);
  if (view == nullptr) {
    return out_of_memory();
  }
  *view = arena.copy(detail);
  return Value::error(kind, view);
}

Value CallContext::no_such_overload() const { return Value::error(EvalErrorKind::no_such_overload); }

Value CallContext::make_string(std::string_view text) {
  const std::string_view copy = arena.copy(text);
  return copy.data() == nullptr ? out_of_memory() : Value::string(copy);
}

Value CallContext::make_bytes(std::string_view octets) {
  const std::string_view copy = arena.copy(octets);
  return copy.data() == nullptr ? out_of_memory() : Value::bytes(copy);
}

Value CallContext::make_list(std::span<const Value> elements) {
  auto* copy = arena.allocate_array<Value>(elements.size());
  if (copy == nullptr) {
    return out_of_memory();
  }
  std::copy(elements.begin(), elements.end(), copy);
  return Value::list({copy, elements.size()});
}

Value CallContext::make_optional(const Value& content) {
  auto* copy = arena.allocate_array<Value>(1);
  if (copy == nullptr) {
    return out_of_memory();
  }
  *copy = content;
  return Value::optional(copy);
}

Value CallContext::out_of_memory() {
  budget.run_out_of_memory();
  return Value::error(EvalErrorKind::memory_limit);
}

Value FunctionGroup::call(CallContext& context, CallStyle style) const {
  for (const Function& function : functions) {
    if (has_overload(function, style, context.arguments)) {
      return function.call(context);
    }
  }
  return context.no_such_overload();
}

bool FunctionGroup::is_pure() const {
  return std::all_of(functions.begin(), functions.end(), [](const Function& function) { return function.trusted; });
}

}  // namespace kentongan::cel
