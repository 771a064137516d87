// SPDX-License-Identifier: Apache-2.0
// Calls: which function, and does it take these arguments?
#include <fmt/format.h>

#include "rules/cel/call_types.hpp"
#include "rules/cel/checking.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {

Type Checker::call(NodeId id) {
  std::vector<NodeId> arguments = node(id).children;
  std::string full_name = node(id).name;
  auto function = environment_.function(full_name);
  if (node(id).is_member) {
    if (const auto parts = chain(arguments.front()); !parts.empty()) {
      const std::string space = path(parts, parts.size());
      if (auto qualified = environment_.function(space + '.' + full_name)) {
        return qualified_call(id, std::move(qualified), std::move(arguments));
      }
      if (environment_.find(path(parts, 1)) == nullptr && !environment_.is_object(path(parts, 1)) &&
          is_function_space(space)) {
        note(id).meaning = Meaning::unknown;
        return fail(ErrorKind::unknown_function, node(id).name_range,
                    said::say("unknown function `{}.{}`", space, full_name), function_candidates(environment_, space),
                    full_name);
      }
    }
  }
  std::vector<Type> types = types_of(arguments);
  if (function == nullptr) {
    return unknown_function(id, full_name);
  }
  const CallStyle style = node(id).is_member ? CallStyle::member : CallStyle::global;
  return resolve(id, std::move(function), style, arguments, types);
}

Type Checker::qualified_call(NodeId id, std::shared_ptr<const FunctionGroup> function, std::vector<NodeId> arguments) {
  arguments.erase(arguments.begin());
  note(id).meaning = Meaning::global_call;
  const std::vector<Type> types = types_of(arguments);
  return resolve(id, std::move(function), CallStyle::global, arguments, types);
}

std::vector<Type> Checker::types_of(const std::vector<NodeId>& arguments) {
  std::vector<Type> types;
  for (const NodeId argument : arguments) {
    types.push_back(type_of(argument));
  }
  return types;
}

bool Checker::is_function_space(const std::string& space) const {
  return !function_candidates(environment_, space).empty();
}

Type Checker::unknown_function(NodeId id, const std::string& full_name) {
  note(id).meaning = Meaning::unknown;
  const CallStyle style = node(id).is_member ? CallStyle::member : CallStyle::global;
  return fail(ErrorKind::unknown_function, node(id).name_range, said::say("unknown function `{}`", full_name),
              function_candidates(environment_, style), full_name);
}

Type Checker::resolve(NodeId id, std::shared_ptr<const FunctionGroup> function, CallStyle style,
                      const std::vector<NodeId>& arguments, const std::vector<Type>& types) {
  note(id).function = function;
  const CallVerdict verdict = judge_call(*function, style, types);
  if (verdict.fault == CallFault::none) {
    check_literals(id, *function, arguments);
    return verdict.result;
  }
  if (!strict_) {
    return {};
  }
  const bool whole = verdict.fault == CallFault::count || verdict.fault == CallFault::style;
  const SourceRange range = whole ? node(id).name_range : node(arguments[verdict.argument]).range;
  Error& error = log_.add(whole ? ErrorKind::argument_count : ErrorKind::argument_type, range, verdict.message);
  error.offender = function->name;
  error.expected = verdict.expected;
  error.found = whole ? "" : types[verdict.argument].text();
  return TypeKind::invalid;
}

void Checker::check_literals(NodeId id, const FunctionGroup& function, const std::vector<NodeId>& arguments) {
  if (arguments.empty() || node(arguments.back()).kind != NodeKind::literal ||
      !node(arguments.back()).literal.is(Kind::string)) {
    return;
  }
  const NodeId literal = arguments.back();
  LiteralVerdict verdict = judge_literal(function, node(literal).name);
  note(id).pattern = std::move(verdict.pattern);
  if (!verdict.complaint.empty()) {
    fail(ErrorKind::invalid_literal, node(literal).range, verdict.complaint);
  }
}

}  // namespace kentongan::cel
