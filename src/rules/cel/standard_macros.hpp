// SPDX-License-Identifier: Apache-2.0
// The macros of CEL: calls that become nodes of their own, so that a name in them can be
// bound to one element after another.
#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "rules/cel/ast.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

struct MacroError {
  SourceRange range;
  said::Text message;
};

// What a call node becomes; nothing when it is no macro. Its children are in the tree.
[[nodiscard]] tl::expected<std::optional<Node>, MacroError> expand_standard_macro(const Ast& ast, const Node& call);

}  // namespace kentongan::cel
