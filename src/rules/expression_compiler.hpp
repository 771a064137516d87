// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// An expression as it is written: a scalar of a file, or a part of it.
struct WrittenExpression {
  Findings* findings = nullptr;  ///< of the file
  const Node* node = nullptr;
  std::size_t at = 0;  ///< byte of the scalar's decoded text at which it begins
  std::string_view text;

  /// All of a scalar.
  static WrittenExpression whole(Findings& findings, const Node& node) { return {&findings, &node, 0, node.text}; }
  /// Where a byte of the expression stands in the source: the escapes and folds of the scalar are followed.
  [[nodiscard]] std::size_t place(std::size_t byte) const;
};

/// Checks and compiles an expression against what it may know. All errors stand at the smallest part at fault, those
/// in a macro where the macro is written. Values that cannot occur are warnings. None when there was an error.
[[nodiscard]] std::optional<cel::Program> compile_expression(SetContext& context, const WrittenExpression& written,
                                                             ExpressionUse use, EventType on,
                                                             const std::vector<cel::Type>& result_types);

/// Errors in the syntax of a macro, and texts in it that name a group.
void check_macro_text(const WrittenExpression& written);

/// A scalar that can be an expression, or a finding.
[[nodiscard]] bool expect_expression(Findings& findings, const Node& node, TextView what);

/// Where a part of the expression, or of the macro with this name, stands.
struct PartPlace {
  Findings* findings = nullptr;
  std::size_t offset = 0;
};
[[nodiscard]] PartPlace place_of_part(const SetContext& context, const WrittenExpression& written,
                                      std::string_view macro, std::size_t byte);

}  // namespace kentongan::rules
