// SPDX-License-Identifier: Apache-2.0
#include "rules/evaluator.hpp"

#include <cmath>

#include <fmt/format.h>

#include "rules/said/say.hpp"
#include "rules/value_shown.hpp"

namespace kentongan::rules {

namespace {

Outcome outcome_of(const cel::Result& result) {
  if (!result) return Outcome::failed;
  return result->is_true() ? Outcome::yes : Outcome::no;
}

/// As && joins them: false absorbs an error.
Outcome both(Outcome first, Outcome second) {
  if (first == Outcome::no || second == Outcome::no) return Outcome::no;
  return first == Outcome::yes ? second : first;
}

/// "severity is 2, crowd is missing": what the comparisons within this part look at.
std::string looked_at(const cel::Program& program, const cel::Conjunct& part, const SituationActivation& activation) {
  std::string text;
  for (const cel::Condition& comparison : program.comparisons()) {
    if (comparison.macro != part.macro || comparison.range.begin < part.range.begin ||
        comparison.range.end > part.range.end) {
      continue;
    }
    if (group_of(comparison.slot) != SlotGroup::event) continue;
    const cel::Value value = activation.load(comparison.slot);
    const std::string_view path = spec_of(static_cast<FieldId>(number_of(comparison.slot))).path;
    const std::string one = value.is_missing() ? fmt::format("{} is missing", path)
                                               : fmt::format("{} is {}", path, shown_value(value, activation.zone()));
    if (text.find(one) == std::string::npos) text += (text.empty() ? "" : ", ") + one;
  }
  return text;
}

}  // namespace

void Evaluator::begin(const Situation& situation) {
  activation_.set(situation);
  moment_ = ++risk_moment_;
}

Outcome Evaluator::outcome_of(const Expression& expression) {
  if (expression.number >= remembered_.size()) remembered_.resize(expression.number + 1);
  Remembered& known = remembered_[expression.number];
  const std::uint64_t since = expression.sees_risk ? risk_moment_ : moment_;
  if (known.moment < since) {
    known = {risk_moment_, rules::outcome_of(expression.program.evaluate(activation_, scratch_))};
  }
  return known.outcome;
}

Outcome Evaluator::all_of(const std::vector<ExpressionPtr>& terms) {
  Outcome all = Outcome::yes;
  for (const ExpressionPtr& term : terms) {
    all = both(all, outcome_of(*term));
    if (all == Outcome::no) break;
  }
  return all;
}

Outcome Evaluator::holds_by_program(const When& when) {
  Outcome all = Outcome::yes;
  for (std::size_t i = 0; i < when.whole.conjuncts().size(); ++i) {
    all = both(all, rules::outcome_of(when.whole.evaluate_conjunct(i, activation_, scratch_)));
  }
  return all;
}

std::vector<Outcome> Evaluator::operands(const When& when) {
  std::vector<Outcome> all;
  for (std::size_t i = 0; i < when.whole.conjuncts().size(); ++i) {
    all.push_back(rules::outcome_of(when.whole.evaluate_conjunct(i, activation_, scratch_)));
  }
  return all;
}

std::optional<double> Evaluator::number(const Expression& expression) {
  const cel::Result result = expression.program.evaluate(activation_, scratch_);
  if (!result) return std::nullopt;
  double value = -1;
  if (result->is(cel::Kind::integer)) value = static_cast<double>(result->as_integer());
  if (result->is(cel::Kind::unsigned_integer)) value = static_cast<double>(result->as_unsigned());
  if (result->is(cel::Kind::real)) value = result->as_real();
  return std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

Outcome Evaluator::holds_in(const Expression& expression, const Situation& situation) {
  SituationActivation activation(reference());
  activation.set(situation);
  return rules::outcome_of(expression.program.evaluate(activation, scratch_));
}

std::string Evaluator::shown(const Expression& expression, const Situation& situation) {
  SituationActivation activation(reference());
  activation.set(situation);
  const cel::Result result = expression.program.evaluate(activation, scratch_);
  return result ? shown_value(*result, activation.zone()) : "?";
}

said::Text Evaluator::why_not(const When& when) {
  const auto parts = when.whole.conjuncts();
  said::Text failed;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const cel::Result result = when.whole.evaluate_conjunct(i, activation_, scratch_);
    if (result && result->is_true()) continue;
    const std::string_view text = when.whole.text();
    const cel::SourceRange use = parts[i].use;
    const std::string part(text.substr(use.begin, use.end - use.begin));
    if (!result) {
      if (failed.empty()) failed = said::say("`{}` cannot be told: {}", part, result.error().message());
      continue;
    }
    const std::string values = looked_at(when.whole, parts[i], activation_);
    return values.empty() ? said::say("`{}` is false", part) : said::say("`{}` is false ({})", part, values);
  }
  return failed;
}

}  // namespace kentongan::rules
