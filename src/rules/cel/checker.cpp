// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/checker.hpp"

#include <fmt/format.h>

#include "rules/cel/checking.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {

Checked Checker::run() {
  (void)type_of(checked_.ast.root);
  checked_.locals = scope_.most();
  return std::move(checked_);
}

Type Checker::type_of(NodeId id) {
  // The parser bounds each text; macros of the host nest texts in one another.
  if (depth_ == environment_.limits().depth) {
    log_.add(ErrorKind::too_deep, node(id).range,
             said::say("with its macros the expression is nested more than {} deep", depth_));
    return TypeKind::invalid;
  }
  ++depth_;
  Type type = judge(id);
  --depth_;
  note(id).type = type;
  return type;
}

Type Checker::judge(NodeId id) {
  switch (node(id).kind) {
    case NodeKind::literal:
      return type_kind(node(id).literal.kind());
    case NodeKind::identifier:
    case NodeKind::select:
      return name(id);
    case NodeKind::presence:
      return presence(id);
    case NodeKind::index:
      return index(id);
    case NodeKind::unary:
      return unary(id);
    case NodeKind::binary:
      return binary(id);
    case NodeKind::logical_and:
    case NodeKind::logical_or:
      return logical(id);
    case NodeKind::conditional:
      return conditional(id);
    case NodeKind::call:
      return call(id);
    case NodeKind::list:
      return list(id);
    case NodeKind::map:
      return map(id);
    case NodeKind::comprehension:
      return comprehension(id);
    case NodeKind::bind:
      return bind(id);
    case NodeKind::optional_map:
      return optional_map(id);
    case NodeKind::macro_use:
      return {};
  }
  return {};
}

Type Checker::fail(ErrorKind kind, SourceRange range, said::TextView message, std::vector<std::string> candidates,
                   std::string offender) {
  if (strict_) {
    Error& error = log_.add(kind, range, message);
    error.candidates = std::move(candidates);
    error.offender = std::move(offender);
  }
  return strict_ ? Type(TypeKind::invalid) : Type();
}

Type Checker::wrong_type(SourceRange range, said::TextView expected, const Type& found, said::TextView message) {
  if (strict_) {
    Error& error = log_.add(ErrorKind::operand_type, range, message);
    error.expected = expected;
    error.found = found.text();
  }
  return strict_ ? Type(TypeKind::invalid) : Type();
}

void Checker::require_boolean(NodeId id, said::TextView what) {
  const Type type = type_of(id);
  if (!type.is_open() && !type.is(TypeKind::boolean)) {
    wrong_type(node(id).range, "bool", type, said::say("{} must be a bool, but this is of type {}", what, type.text()));
  }
}

Checked check(Ast ast, std::string_view text, const Environment& environment, std::vector<Error>& errors) {
  return Checker(std::move(ast), text, environment, errors).run();
}

}  // namespace kentongan::cel
