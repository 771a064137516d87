// SPDX-License-Identifier: Apache-2.0
#include "rules/operands_told.hpp"

#include <algorithm>

#include "rules/expression_names.hpp"
#include "rules/value_shown.hpp"

namespace kentongan::rules {
namespace {

/// Notes what an evaluation asks for.
class Listening final : public cel::Activation {
 public:
  explicit Listening(const SituationActivation& inner) : inner_(inner) {}

  [[nodiscard]] cel::Value load(cel::SlotId slot) const override {
    note(slot);
    return inner_.load(slot);
  }
  [[nodiscard]] bool is_present(cel::SlotId slot) const override {
    note(slot);
    return inner_.is_present(slot);
  }
  [[nodiscard]] const std::vector<cel::SlotId>& asked() const { return asked_; }

 private:
  void note(cel::SlotId slot) const {
    if (std::find(asked_.begin(), asked_.end(), slot) == asked_.end()) asked_.push_back(slot);
  }
  const SituationActivation& inner_;
  mutable std::vector<cel::SlotId> asked_;
};

bool is_private(cel::SlotId slot) {
  return group_of(slot) != SlotGroup::name && number_of(slot) != kTimeOfEvent &&
         rules::is_private(static_cast<FieldId>(number_of(slot)));
}

OperandTold::LookedAt told(cel::SlotId slot, const SituationActivation& activation) {
  OperandTold::LookedAt told{name_of_slot(slot), {}, !activation.is_present(slot)};
  if (told.missing) return told;
  told.value = is_private(slot) ? "..." : shown_value(activation.load(slot), activation.zone());
  return told;
}

}  // namespace

bool is_private(FieldId field) {
  switch (field) {
    case FieldId::report_text:
    case FieldId::report_recommendation:
    case FieldId::report_reporter_ref:
    case FieldId::report_reporter_household:
    case FieldId::action_note:
    case FieldId::action_actor_ref:
    case FieldId::action_assignee:
      return true;
    default:
      return false;
  }
}

std::vector<OperandTold> operands_told(const When& when, const Situation& situation, const Reference& reference) {
  SituationActivation activation(reference);
  activation.set(situation);
  cel::Scratch scratch;
  std::vector<OperandTold> all;
  const auto conjuncts = when.whole.conjuncts();
  for (std::size_t i = 0; i < conjuncts.size(); ++i) {
    const cel::SourceRange use = conjuncts[i].use;
    OperandTold operand;
    operand.text = when.whole.text().substr(use.begin, use.end - use.begin);
    const Listening listening(activation);
    const cel::Result result = when.whole.evaluate_conjunct(i, listening, scratch);
    operand.outcome = !result ? Outcome::failed : result->is_true() ? Outcome::yes : Outcome::no;
    if (!result) operand.error = result.error().message();
    for (const cel::SlotId slot : listening.asked()) operand.looked_at.push_back(told(slot, activation));
    all.push_back(std::move(operand));
  }
  return all;
}

}  // namespace kentongan::rules
