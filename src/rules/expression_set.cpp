// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_set.hpp"

#include <algorithm>

#include "rules/expression_names.hpp"

namespace kentongan::rules {

namespace {

/// No situation has it: what has no meaning is missing.
constexpr cel::SlotId kUnusable = slot_of(SlotGroup::name, kTimeOfEvent);

bool asks_for_risk(const cel::Program& program) {
  const auto slots = program.slots();
  return std::any_of(slots.begin(), slots.end(), [](cel::SlotId slot) {
    return slot == slot_of(Name::area_risk) || slot == slot_of(Name::area_level);
  });
}

}  // namespace

void ExpressionSet::define_unusable(std::string_view name) { names_.declare(name, cel::Type(), kUnusable); }

const cel::Environment& ExpressionSet::environment(ExpressionUse use, EventType on) {
  const auto [at, is_new] = environments_.try_emplace({use, on}, names_);
  if (is_new) declare_names(at->second, use, on);
  return at->second;
}

ExpressionPtr ExpressionSet::share(ExpressionUse use, EventType on, const cel::Program& program) {
  const auto [at, is_new] = shared_.try_emplace({use, on, std::string(program.text())}, nullptr);
  if (is_new) {
    const auto number = static_cast<std::uint32_t>(shared_.size() - 1);
    at->second = std::make_shared<const Expression>(Expression{program, number, asks_for_risk(program)});
  }
  return at->second;
}

}  // namespace kentongan::rules
