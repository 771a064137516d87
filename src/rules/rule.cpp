// SPDX-License-Identifier: Apache-2.0
#include "rules/rule.hpp"

namespace kentongan::rules {

std::vector<const Condition*> conditions_of(const Rule& rule) {
  if (std::holds_alternative<LevelBlock>(rule.block)) return {};
  return {&rule.condition};
}

}  // namespace kentongan::rules
