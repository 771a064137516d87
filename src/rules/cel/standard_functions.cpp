// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/standard_functions.hpp"

#include <map>

namespace kentongan::cel {
namespace {

using Groups = std::map<std::string, std::shared_ptr<const FunctionGroup>, std::less<>>;

const Groups& groups() {
  static const Groups all = [] {
    FunctionTable table;
    add_conversions(table);
    add_string_functions(table);
    add_string_extension(table);
    add_format_function(table);
    add_time_functions(table);
    add_math_extension(table);
    add_optional_functions(table);
    std::map<std::string, FunctionGroup> merged;
    for (auto& [name, function] : table) {
      FunctionGroup& group = merged[std::string(name)];
      group.name = name;
      group.functions.push_back(std::move(function));
    }
    Groups made;
    for (auto& [name, group] : merged) {
      made.emplace(name, std::make_shared<const FunctionGroup>(std::move(group)));
    }
    return made;
  }();
  return all;
}

}  // namespace

std::shared_ptr<const FunctionGroup> standard_function(std::string_view name) {
  const auto found = groups().find(name);
  return found == groups().end() ? nullptr : found->second;
}

std::vector<std::string> standard_function_names() {
  std::vector<std::string> names;
  for (const auto& [name, group] : groups()) {
    names.push_back(name);
  }
  return names;
}

Overload global(std::vector<Type> parameters, Type result) {
  return {CallStyle::global, std::move(parameters), std::move(result), false};
}

Overload member(std::vector<Type> parameters, Type result) {
  return {CallStyle::member, std::move(parameters), std::move(result), false};
}

Function standard(std::vector<Overload> overloads, Value (*call)(CallContext&)) {
  return {std::move(overloads), call, true};
}

}  // namespace kentongan::cel
