// SPDX-License-Identifier: Apache-2.0
#include "rules/party_use.hpp"

#include <string_view>
#include <vector>

namespace kentongan::rules {
namespace {

bool names_an_entry(std::string_view name) { return name == "a" || name == "b"; }

/// `a.party`, also as `a.?party`.
bool is_party(const cel::Ast& ast, const cel::Node& node) {
  if (node.kind != cel::NodeKind::select || node.name != "party") return false;
  const cel::Node& of = ast.child(node, 0);
  return of.kind == cel::NodeKind::identifier && names_an_entry(of.name);
}

/// A local variable that hides `a` or `b`: what is compared may be no entry at all.
bool hides_an_entry(const cel::Node& node) {
  const bool binds = node.kind == cel::NodeKind::comprehension || node.kind == cel::NodeKind::bind ||
                     node.kind == cel::NodeKind::optional_map;
  return binds && (names_an_entry(node.name) || names_an_entry(node.second_name));
}

bool compares_parties(const cel::Ast& ast, const cel::Node& node) {
  return node.kind == cel::NodeKind::binary &&
         (node.operation == cel::Operator::equal || node.operation == cel::Operator::not_equal) &&
         is_party(ast, ast.child(node, 0)) && is_party(ast, ast.child(node, 1));
}

}  // namespace

std::optional<cel::SourceRange> misused_party(const cel::Ast& ast) {
  std::vector<bool> allowed(ast.size(), false);
  bool hidden = false;
  for (cel::NodeId id = 0; id < ast.size(); ++id) {
    hidden = hidden || hides_an_entry(ast[id]);
    if (!compares_parties(ast, ast[id])) continue;
    for (const cel::NodeId child : ast[id].children) allowed[child] = true;
  }
  for (cel::NodeId id = 0; id < ast.size(); ++id) {
    if (is_party(ast, ast[id]) && (hidden || !allowed[id])) return ast[id].range;
  }
  return std::nullopt;
}

}  // namespace kentongan::rules
