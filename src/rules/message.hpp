// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "rules/expression.hpp"

namespace kentongan::rules {

class Evaluator;
struct Situation;

/// A message with `{{ expression }}` placeholders, parsed once: literal texts and expressions in turn.
struct Message {
  std::vector<std::variant<std::string, ExpressionPtr>> parts;
  [[nodiscard]] bool empty() const noexcept { return parts.empty(); }
};

/// The text with the values put in as Evaluator::shown() has them. What is put in is never rendered again.
[[nodiscard]] std::string render(const Message& message, Evaluator& evaluator, const Situation& situation);

}  // namespace kentongan::rules
