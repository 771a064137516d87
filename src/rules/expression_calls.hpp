// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "domain/reference.hpp"
#include "rules/cel/ast.hpp"
#include "rules/said/text.hpp"

namespace kentongan::rules {

/// A text in a call that no calendar answers.
struct UnansweredCall {
  cel::SourceRange range;
  said::Text message;
  said::Text hint;
};

/// Calls of day_is() and days_until() with a text that is written out and stands nowhere in the reference data.
[[nodiscard]] std::vector<UnansweredCall> unanswered_calls(const cel::Ast& ast, const Reference& reference);

}  // namespace kentongan::rules
