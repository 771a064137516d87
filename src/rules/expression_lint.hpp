// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/cel/program.hpp"
#include "rules/expression_compiler.hpp"

namespace kentongan::rules {

/// Warns about comparisons with values that a field of a valid event cannot have, about what is always or never true by
/// them, and (an error) about parties that are looked for by name.
void lint_expression(SetContext& context, const WrittenExpression& written, const cel::Program& program,
                     ExpressionUse use);

/// The values of a field with few: the words, categories or numbers that a valid event can have there. Empty: any.
[[nodiscard]] std::vector<cel::Value> domain_of(FieldId field, const Reference& reference);

/// Does the comparison hold of this value?
[[nodiscard]] bool holds_for(const cel::Condition& comparison, const cel::Value& value);

}  // namespace kentongan::rules
