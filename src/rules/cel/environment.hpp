// SPDX-License-Identifier: Apache-2.0
// What names mean in an expression: variables, fields, constants, macros, functions.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/activation.hpp"
#include "rules/cel/ast.hpp"
#include "rules/cel/compile_error.hpp"
#include "rules/cel/function.hpp"
#include "rules/cel/owned_value.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/type.hpp"

namespace kentongan::cel {

// A named sub-expression of the host.
struct MacroDefinition {
  std::string name;
  std::string text;
  Ast ast;
};

// What a dotted name stands for: exactly one of the three.
struct Binding {
  Type type;
  SlotId slot;
  std::shared_ptr<const OwnedValue> constant;
  std::shared_ptr<const MacroDefinition> macro;
};

// Filled by one thread, then shared freely: compile() only reads it. Copies are cheap
// enough to be varied, for instance per kind of event. Programs keep what they need, so an
// environment may go before them.
//
//   Environment environment;
//   environment.declare("report.severity", TypeKind::integer, SlotId{3});
//   environment.declare("severity", TypeKind::integer, SlotId{3});  // short name, same slot
//   environment.define_constant("pressure", list_of_categories);
//   environment.define_macro("credible", "report.content <= 3");
//
// `report` is then an object: not a value itself, but has(report.severity) and
// has(report) (any field) can be asked. A name can be a value and an object at once:
// `area` and `area.risk`. The longest declared name wins.
class Environment {
 public:
  // A variable or field, by its whole path. Replaces what had this name.
  void declare(std::string_view path, Type type, SlotId slot);

  // The value is copied.
  void define_constant(std::string_view path, const Value& value);

  // Uses of the name are replaced by the tree, in which the names of comprehensions
  // around the use are not visible. Only syntax is judged here, the rest where it is
  // used; to judge it alone, compile the text by itself. The error names no macro.
  [[nodiscard]] tl::expected<void, Error> define_macro(std::string_view name, std::string_view text);

  // Adds an overload. The function is called with arguments of these types only, from
  // any thread that evaluates; it must not throw.
  void add_function(std::string_view name, Overload overload, NativeFunction function);

  // Without types: names and functions that are not known, and values of wrong types,
  // are errors of the evaluation, as CEL defines for expressions that were not checked.
  void set_dynamic(bool dynamic) { dynamic_ = dynamic; }
  [[nodiscard]] bool is_dynamic() const { return dynamic_; }

  void set_limits(const ExpressionLimits& limits) { limits_ = limits; }
  [[nodiscard]] const ExpressionLimits& limits() const { return limits_; }

  // Below: what compile() asks.
  [[nodiscard]] const Binding* find(std::string_view path) const;
  [[nodiscard]] bool is_object(std::string_view path) const;
  // All slots below an object.
  [[nodiscard]] std::vector<SlotId> slots_of(std::string_view object) const;
  // Next parts of the names below an object; of "" the first parts of all names.
  [[nodiscard]] std::vector<std::string> names_below(std::string_view object) const;
  [[nodiscard]] std::shared_ptr<const FunctionGroup> function(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> function_names() const;

 private:
  std::map<std::string, Binding, std::less<>> bindings_;
  std::map<std::string, std::shared_ptr<const FunctionGroup>, std::less<>> functions_;
  ExpressionLimits limits_;
  bool dynamic_ = false;
};

}  // namespace kentongan::cel
