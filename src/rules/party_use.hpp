// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "rules/cel/ast.hpp"

namespace kentongan::rules {

/// The first use of a party in an expression about a pair of campaign entries that is no comparison of the two:
/// `a.party == b.party`, `!=`, and has() are all that is allowed, so that no rule can tell one party from another
/// (swapping two parties everywhere changes nothing). None: there is no other use.
[[nodiscard]] std::optional<cel::SourceRange> misused_party(const cel::Ast& ast);

}  // namespace kentongan::rules
