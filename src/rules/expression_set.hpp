// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "domain/words.hpp"
#include "rules/cel/environment.hpp"
#include "rules/expression.hpp"

namespace kentongan::rules {

/// The expressions of a rule set while it is checked: what names mean in them, and which of them are the same.
class ExpressionSet {
 public:
  /// Lists and macros, to be defined before the first call of environment().
  [[nodiscard]] cel::Environment& names() { return names_; }
  /// A name whose meaning is wrong, which has been said: its uses are right.
  void define_unusable(std::string_view name);

  [[nodiscard]] const cel::Environment& environment(ExpressionUse use, EventType on);

  /// The expression with this text; one and the same for each use and event.
  [[nodiscard]] ExpressionPtr share(ExpressionUse use, EventType on, const cel::Program& program);

 private:
  cel::Environment names_;
  std::map<std::pair<ExpressionUse, EventType>, cel::Environment> environments_;
  std::map<std::tuple<ExpressionUse, EventType, std::string>, ExpressionPtr, std::less<>> shared_;
};

}  // namespace kentongan::rules
