// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "domain/words.hpp"
#include "rules/cel/ast.hpp"
#include "rules/said/text.hpp"

namespace kentongan::rules {

/// What an expression says and its author hardly means.
struct Slip {
  cel::SourceRange range;
  said::TextView message;
  said::TextView hint;
};

/// Whole numbers divided and held against a fraction, control characters in a pattern, levels compared as letters.
/// `on`: the event whose fields the expression sees. Macros are not followed.
[[nodiscard]] std::vector<Slip> slips_of(const cel::Ast& ast, EventType on);

}  // namespace kentongan::rules
