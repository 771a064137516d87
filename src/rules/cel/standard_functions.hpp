// SPDX-License-Identifier: Apache-2.0
// The functions of CEL and its extensions, by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/function.hpp"

namespace kentongan::cel {

// nullptr when there is none of this name.
[[nodiscard]] std::shared_ptr<const FunctionGroup> standard_function(std::string_view name);
[[nodiscard]] std::vector<std::string> standard_function_names();

// One subject each, for the table.
using FunctionTable = std::vector<std::pair<std::string_view, Function>>;
void add_conversions(FunctionTable& table);
void add_string_functions(FunctionTable& table);
void add_string_extension(FunctionTable& table);
void add_format_function(FunctionTable& table);
void add_time_functions(FunctionTable& table);
void add_math_extension(FunctionTable& table);
void add_optional_functions(FunctionTable& table);

// Entries of the table.
[[nodiscard]] Overload global(std::vector<Type> parameters, Type result);
[[nodiscard]] Overload member(std::vector<Type> parameters, Type result);
[[nodiscard]] Function standard(std::vector<Overload> overloads, Value (*call)(CallContext&));

}  // namespace kentongan::cel
