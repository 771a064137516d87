// SPDX-License-Identifier: Apache-2.0
// Do the arguments of a call fit a function?
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/environment.hpp"
#include "rules/cel/function.hpp"
#include "rules/cel/regex.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

enum class CallFault : std::uint8_t {
  none,
  style,     // f(x) where only x.f() is known, or the other way round
  count,     // no overload takes so many arguments
  argument,  // no overload takes this argument behind those before it
};

struct CallVerdict {
  CallFault fault = CallFault::none;
  Type result;
  std::size_t argument = 0;
  said::Text expected;
  said::Text message;
};

[[nodiscard]] CallVerdict judge_call(const FunctionGroup& group, CallStyle style, const std::vector<Type>& arguments);

struct LiteralVerdict {
  said::Text complaint;  // empty: nothing wrong
  std::shared_ptr<const Regex> pattern;
};

// Of a string literal as the last argument of this function.
[[nodiscard]] LiteralVerdict judge_literal(const FunctionGroup& function, std::string_view text);

// Names for hints: all functions and macros called in this style, or what stands behind
// "space." in names of functions.
[[nodiscard]] std::vector<std::string> function_candidates(const Environment& environment, CallStyle style);
[[nodiscard]] std::vector<std::string> function_candidates(const Environment& environment, std::string_view space);

}  // namespace kentongan::cel
