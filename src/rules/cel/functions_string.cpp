// SPDX-License-Identifier: Apache-2.0
// size() startsWith() endsWith() contains() matches()
#include "rules/cel/map_value.hpp"
#include "rules/cel/regex.hpp"
#include "rules/cel/standard_functions.hpp"
#include "rules/cel/utf8.hpp"

namespace kentongan::cel {
namespace {

// Compiling a pattern at run time is that much work.
constexpr std::uint64_t steps_per_pattern = 1000;

Value size_of(CallContext& context) {
  const Value& value = context.argument(0);
  std::size_t size = 0;
  switch (value.kind()) {
    case Kind::string:
      if (!context.budget.charge_walk(value.as_text().size())) {
        return Value::error(EvalErrorKind::step_limit);
      }
      size = utf8::count(value.as_text());
      break;
    case Kind::bytes:
      size = value.as_text().size();
      break;
    case Kind::list:
      size = value.as_list().size();
      break;
    default:
      size = value.as_map().size();
      break;
  }
  return Value::integer(static_cast<std::int64_t>(size));
}

Value starts_with(CallContext& context) {
  return Value::boolean(context.argument(0).as_text().starts_with(context.argument(1).as_text()));
}

Value ends_with(CallContext& context) {
  return Value::boolean(context.argument(0).as_text().ends_with(context.argument(1).as_text()));
}

Value contains(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  const std::string_view part = context.argument(1).as_text();
  if (!context.budget.charge_walk(text.size()) || !context.budget.charge(text.size() / 64 * part.size() / 64)) {
    return Value::error(EvalErrorKind::step_limit);
  }
  return Value::boolean(text.find(part) != std::string_view::npos);
}

Value matches(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  if (!context.budget.charge_walk(text.size())) {
    return Value::error(EvalErrorKind::step_limit);
  }
  if (context.pattern != nullptr) {
    return Value::boolean(context.pattern->occurs_in(text));
  }
  if (!context.budget.charge(steps_per_pattern)) {
    return Value::error(EvalErrorKind::step_limit);
  }
  const auto pattern = Regex::compile(context.argument(1).as_text());
  return pattern ? Value::boolean((*pattern)->occurs_in(text))
                 : context.error(EvalErrorKind::invalid_argument, pattern.error().en);
}

}  // namespace

void add_string_functions(FunctionTable& table) {
  using enum TypeKind;
  std::vector<Overload> sizes;
  for (const Type& type : {Type(string), Type(bytes), Type::list({}), Type::map({}, {})}) {
    sizes.push_back(global({type}, integer));
    sizes.push_back(member({type}, integer));
  }
  table.emplace_back("size", standard(std::move(sizes), size_of));
  table.emplace_back("startsWith", standard({member({string, string}, boolean)}, starts_with));
  table.emplace_back("endsWith", standard({member({string, string}, boolean)}, ends_with));
  table.emplace_back("contains", standard({member({string, string}, boolean)}, contains));
  table.emplace_back("matches",
                     standard({member({string, string}, boolean), global({string, string}, boolean)}, matches));
}

}  // namespace kentongan::cel
