// SPDX-License-Identifier: Apache-2.0
//   has(e.f)                                          is the field or key there?
//   e.all(x, p)  e.exists(x, p)  e.exists_one(x, p)   also existsOne
//   e.filter(x, p)  e.map(x, t)  e.map(x, p, t)
//   e.all(i, x, p)  e.exists(i, x, p)  e.existsOne(i, x, p)
//   e.transformList(i, x, t)  e.transformList(i, x, p, t)
//   e.transformMap(k, x, t)  e.transformMap(k, x, p, t)
//   e.transformMapEntry(k, x, m)  e.transformMapEntry(k, x, p, m)
//   cel.bind(x, e, t)
//   e.optMap(x, t)  e.optFlatMap(x, t)
//
// One variable: the element of a list, the key of a map. Two: index and element, key and
// value.
#include "rules/cel/standard_macros.hpp"

#include <algorithm>
#include <array>

#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

using Expansion = tl::expected<std::optional<Node>, MacroError>;

struct ComprehensionMacro {
  std::string_view name;
  Comprehension comprehension;
  std::size_t variables;
  std::size_t arguments;  // variables included, the target not
  bool has_predicate;
  bool has_transform;
};

constexpr std::array<ComprehensionMacro, 17> comprehension_macros = {{
    {"all", Comprehension::all, 1, 2, true, false},
    {"all", Comprehension::all, 2, 3, true, false},
    {"exists", Comprehension::exists, 1, 2, true, false},
    {"exists", Comprehension::exists, 2, 3, true, false},
    {"exists_one", Comprehension::exists_one, 1, 2, true, false},
    {"existsOne", Comprehension::exists_one, 1, 2, true, false},
    {"exists_one", Comprehension::exists_one, 2, 3, true, false},
    {"existsOne", Comprehension::exists_one, 2, 3, true, false},
    {"filter", Comprehension::filter, 1, 2, true, false},
    {"map", Comprehension::filter, 1, 2, false, true},
    {"map", Comprehension::filter, 1, 3, true, true},
    {"transformList", Comprehension::filter, 2, 3, false, true},
    {"transformList", Comprehension::filter, 2, 4, true, true},
    {"transformMap", Comprehension::transform_map, 2, 3, false, true},
    {"transformMap", Comprehension::transform_map, 2, 4, true, true},
    {"transformMapEntry", Comprehension::transform_map_entry, 2, 3, false, true},
    {"transformMapEntry", Comprehension::transform_map_entry, 2, 4, true, true},
}};

tl::unexpected<MacroError> fail(SourceRange range, said::TextView message) {
  return tl::unexpected(MacroError{range, message});
}

bool is_plain_name(const Node& node) { return node.kind == NodeKind::identifier && !node.is_absolute; }

Node replacement(const Node& call, NodeKind kind) {
  Node node;
  node.kind = kind;
  node.range = call.range;
  return node;
}

Expansion expand_has(const Ast& ast, const Node& call) {
  const Node& argument = ast[call.children[0]];
  Node node = replacement(call, NodeKind::presence);
  if (argument.kind == NodeKind::select) {
    node.children = argument.children;
  } else if (argument.kind != NodeKind::identifier) {
    return fail(argument.range, "has() takes a field, as in has(report.tps)");
  }
  node.name = argument.name;
  node.name_range = argument.name_range;
  node.is_absolute = argument.is_absolute;
  node.is_optional = argument.is_optional;
  return node;
}

Expansion expand_bind(const Ast& ast, const Node& call) {
  const Node& variable = ast[call.children[1]];
  if (!is_plain_name(variable)) {
    return fail(variable.range, "the first argument of cel.bind() is a name");
  }
  Node node = replacement(call, NodeKind::bind);
  node.name = variable.name;
  node.name_range = variable.range;
  node.children = {call.children[2], call.children[3]};
  return node;
}

Expansion expand_optional_map(const Ast& ast, const Node& call) {
  const Node& variable = ast[call.children[1]];
  if (!is_plain_name(variable)) {
    return fail(variable.range, said::say("the first argument of {}() is a name", call.name));
  }
  Node node = replacement(call, NodeKind::optional_map);
  node.is_flat = call.name == "optFlatMap";
  node.name = variable.name;
  node.name_range = variable.range;
  node.children = {call.children[0], call.children[2]};
  return node;
}

Expansion expand_comprehension(const Ast& ast, const Node& call, const ComprehensionMacro& macro) {
  Node node = replacement(call, NodeKind::comprehension);
  node.comprehension = macro.comprehension;
  node.has_predicate = macro.has_predicate;
  node.has_transform = macro.has_transform;
  for (std::size_t i = 1; i <= macro.variables; ++i) {
    const Node& variable = ast[call.children[i]];
    if (!is_plain_name(variable)) {
      return fail(variable.range, said::say("a name for the elements is needed here, as in {}(x, ..)", call.name));
    }
    (i == 1 ? node.name : node.second_name) = variable.name;
    (i == 1 ? node.name_range : node.second_name_range) = variable.range;
  }
  if (node.name == node.second_name) {
    return fail(node.second_name_range, "the two names must differ");
  }
  node.children.push_back(call.children[0]);
  for (std::size_t i = macro.variables + 1; i < call.children.size(); ++i) {
    node.children.push_back(call.children[i]);
  }
  return node;
}

bool is_bind(const Ast& ast, const Node& call) {
  const Node& target = ast[call.children[0]];
  return call.name == "bind" && target.kind == NodeKind::identifier && target.name == "cel" &&
         call.children.size() == 4;
}

}  // namespace

Expansion expand_standard_macro(const Ast& ast, const Node& call) {
  if (!call.is_member) {
    return call.name == "has" && call.children.size() == 1 ? expand_has(ast, call) : std::nullopt;
  }
  if (is_bind(ast, call)) {
    return expand_bind(ast, call);
  }
  if ((call.name == "optMap" || call.name == "optFlatMap") && call.children.size() == 3) {
    return expand_optional_map(ast, call);
  }
  for (const ComprehensionMacro& macro : comprehension_macros) {
    if (macro.name == call.name && macro.arguments + 1 == call.children.size()) {
      return expand_comprehension(ast, call, macro);
    }
  }
  return std::nullopt;
}

}  // namespace kentongan::cel
