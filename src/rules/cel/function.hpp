// SPDX-License-Identifier: Apache-2.0
// Functions that expressions can call: signatures for the checker, code for the evaluator.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/activation.hpp"
#include "rules/cel/arena.hpp"
#include "rules/cel/budget.hpp"
#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

class Regex;

// What a function gets. Valid during the call only; values made with it live as long as
// the result of the evaluation.
class CallContext {
 public:
  std::span<const Value> arguments;
  const Activation& activation;
  Arena& arena;
  Budget& budget;
  // Of matches() with a constant pattern, else nullptr.
  const Regex* pattern = nullptr;

  [[nodiscard]] const Value& argument(std::size_t index) const { return arguments[index]; }
  [[nodiscard]] std::size_t count() const { return arguments.size(); }

  // The detail is copied.
  [[nodiscard]] Value error(EvalErrorKind kind, std::string_view detail = {});
  [[nodiscard]] Value no_such_overload() const;

  // Copies into the arena; an error when the memory limit is reached.
  [[nodiscard]] Value make_string(std::string_view text);
  [[nodiscard]] Value make_bytes(std::string_view octets);
  [[nodiscard]] Value make_list(std::span<const Value> elements);
  [[nodiscard]] Value make_optional(const Value& content);
  [[nodiscard]] Value out_of_memory();
};

// Where the first argument stands.
enum class CallStyle : std::uint8_t {
  global,  // f(a, b)
  member,  // a.f(b)
};

struct Overload {
  CallStyle style = CallStyle::global;
  std::vector<Type> parameters;  // the target of a member call first
  Type result;
  bool variadic = false;  // the last parameter any number of times, at least once

  [[nodiscard]] bool takes(std::size_t count) const {
    return variadic ? count >= parameters.size() : count == parameters.size();
  }
  [[nodiscard]] const Type& parameter(std::size_t index) const {
    return parameters[index < parameters.size() ? index : parameters.size() - 1];
  }
};

using NativeFunction = std::function<Value(CallContext&)>;

// Overloads that share code. The code of a standard function looks at the kinds of its
// arguments itself; that of the host is called only when they fit one of its overloads.
struct Function {
  std::vector<Overload> overloads;
  NativeFunction call;
  bool trusted = false;  // a standard one: checks its arguments, depends on them alone
};

// All functions of one name, possibly with dots ("math.greatest"). Immutable when shared.
struct FunctionGroup {
  std::string name;
  std::vector<Function> functions;

  // Never throws for a standard function. Arguments contain no errors.
  [[nodiscard]] Value call(CallContext& context, CallStyle style) const;
  [[nodiscard]] bool is_pure() const;
};

}  // namespace kentongan::cel
