// SPDX-License-Identifier: Apache-2.0
#include "rules/message.hpp"

#include "rules/evaluator.hpp"

namespace kentongan::rules {

std::string render(const Message& message, Evaluator& evaluator, const Situation& situation) {
  std::string text;
  for (const auto& part : message.parts) {
    const auto* expression = std::get_if<ExpressionPtr>(&part);
    text += expression == nullptr ? std::get<std::string>(part) : evaluator.shown(**expression, situation);
  }
  return text;
}

}  // namespace kentongan::rules
