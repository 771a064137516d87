// SPDX-License-Identifier: Apache-2.0
// The checker at work; its parts stand in checker.cpp, check_names.cpp, check_operators.cpp,
// check_macros.cpp and check_calls.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/checker.hpp"
#include "rules/cel/error_log.hpp"
#include "rules/cel/map_value.hpp"
#include "rules/cel/scope.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

// The types that the names of a comprehension have.
struct Elements {
  Type first;   // element or key; with two variables index or key
  Type second;  // element or value
};
class Checker {
 public:
  Checker(Ast ast, std::string_view text, const Environment& environment, std::vector<Error>& errors)
      : environment_(environment), strict_(!environment.is_dynamic()), log_(text, errors) {
    checked_.ast = std::move(ast);
    checked_.notes.resize(checked_.ast.size());
  }

  Checked run();

 private:
  [[nodiscard]] const Node& node(NodeId id) const { return checked_.ast[id]; }
  [[nodiscard]] Note& note(NodeId id) { return checked_.notes[id]; }

  Type type_of(NodeId id);
  Type judge(NodeId id);

  // Reports, unless types are judged at run time, and gives a type that fits everywhere.
  Type fail(ErrorKind kind, SourceRange range, said::TextView message, std::vector<std::string> candidates = {},
            std::string offender = {});
  Type wrong_type(SourceRange range, said::TextView expected, const Type& found, said::TextView message);
  void require_boolean(NodeId id, said::TextView what);

  // --- names ---------------------------------------------------------------------

  // The dotted path of a chain of selects from a name that is not local; else nothing.
  [[nodiscard]] std::vector<NodeId> chain(NodeId id) const;
  [[nodiscard]] std::string path(const std::vector<NodeId>& parts, std::size_t count) const;
  Type name(NodeId id);

  // The longest part of the path that is declared, and fields of that value.
  Type free_name(const std::vector<NodeId>& parts);

  // `area` may be a text while `area.risk` is declared too: of `area.rsik` the mistake is
  // then the field, not that a text has none.
  [[nodiscard]] bool is_value_of_object(const Binding& binding, const std::vector<NodeId>& parts,
                                        std::size_t count) const;
  Type bound(NodeId id, const std::string& full_name, const Binding& binding);
  Type unknown_name(const std::vector<NodeId>& parts);
  Type field_of(NodeId id, const Type& target);

  // --- has() ---------------------------------------------------------------------

  Type presence(NodeId id);
  Type bare_presence(NodeId id);
  bool slot_presence(NodeId id, const std::string& full_name);
  [[nodiscard]] bool is_unknown_field(const std::vector<NodeId>& parts) const;

  // --- operators -----------------------------------------------------------------

  Type index(NodeId id);
  Type unary(NodeId id);
  Type binary(NodeId id);
  Type mismatch(NodeId id, const Type& left, const Type& right);
  Type membership(NodeId id, const Type& left, const Type& right);
  Type logical(NodeId id);
  Type conditional(NodeId id);

  // --- lists and maps --------------------------------------------------------------

  Type entry(NodeId id, std::size_t index, std::size_t entry_index);
  Type list(NodeId id);
  Type map(NodeId id);
  void check_key(NodeId id, const Type& type, MapBuilder& seen);

  // --- macros ----------------------------------------------------------------------

  Elements elements_of(NodeId range_id, const Type& range, bool two);
  Type comprehension(NodeId id);
  Type comprehension_type(NodeId id, const Elements& elements, const Type& transformed);
  Type bind(NodeId id);
  Type optional_map(NodeId id);
  Type macro_use(NodeId id, const MacroDefinition& macro);
  Type macro_body(NodeId body, const MacroDefinition& macro);

  // --- calls -----------------------------------------------------------------------

  Type call(NodeId id);
  Type qualified_call(NodeId id, std::shared_ptr<const FunctionGroup> function, std::vector<NodeId> arguments);
  std::vector<Type> types_of(const std::vector<NodeId>& arguments);
  [[nodiscard]] bool is_function_space(const std::string& space) const;
  Type unknown_function(NodeId id, const std::string& full_name);
  Type resolve(NodeId id, std::shared_ptr<const FunctionGroup> function, CallStyle style,
               const std::vector<NodeId>& arguments, const std::vector<Type>& types);

  // Dates, durations and patterns that are written out are judged here already.
  void check_literals(NodeId id, const FunctionGroup& function, const std::vector<NodeId>& arguments);

  const Environment& environment_;
  bool strict_;
  ErrorLog log_;
  Scope scope_;
  std::vector<std::string_view> open_macros_;
  std::uint16_t depth_ = 0;
  Checked checked_;
};
}  // namespace kentongan::cel
