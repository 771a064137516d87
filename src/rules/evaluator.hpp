// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/cel/scratch.hpp"
#include "rules/condition.hpp"
#include "rules/situation.hpp"

namespace kentongan::rules {

enum class Outcome : std::uint8_t { no, yes, failed };

/// Evaluates the expressions of one rule set. Each expression that conditions share is evaluated at most once per
/// event. Not thread-safe; one per engine. Allocates nothing once its buffers have grown.
///
/// The risk of an area changes while an event is applied: `add` and conditions of score rules see it as it was before,
/// all others as it is after. Therefore conditions are judged in two steps, of which the second is rarely needed:
///
///     evaluator.begin(situation);
///     evaluator.holds(when)            the terms that the event decides alone
///     evaluator.holds_deferred(when)   those that ask for the risk, at its moment; after a change risk_changed()
class Evaluator {
 public:
  explicit Evaluator(const Reference& reference) : activation_(reference) {}

  /// From now on it is about this situation, which must outlive the evaluations; all outcomes are forgotten.
  void begin(const Situation& situation);
  void risk_changed() { ++risk_moment_; }

  [[nodiscard]] Outcome holds(const When& when) { return all_of(when.terms); }
  [[nodiscard]] Outcome holds_deferred(const When& when) { return all_of(when.deferred); }
  /// The slow evaluator: the whole program by itself, nothing shared and nothing remembered.
  [[nodiscard]] Outcome holds_by_program(const When& when);

  /// What each operand of the outermost && is by itself, in their order. For people who ask which ones tests reach.
  [[nodiscard]] std::vector<Outcome> operands(const When& when);

  /// The number that an `add` gives: none when it fails, is negative or not finite.
  [[nodiscard]] std::optional<double> number(const Expression& expression);
  /// Is the expression (of a clash, ..) true of this other situation? What begin() was given stays.
  [[nodiscard]] Outcome holds_in(const Expression& expression, const Situation& situation);
  /// The value as a message shows it, of this other situation: doubles in their shortest form (12.0 is `12`), times as
  /// `10 Nov 2024 08:00` local, lists with commas, `?` for what fails. What begin() was given stays.
  [[nodiscard]] std::string shown(const Expression& expression, const Situation& situation);

  /// Why a condition does not hold of the situation: the first operand that is false or fails, with the values it
  /// looked at. For people; empty when it holds.
  [[nodiscard]] said::Text why_not(const When& when);

  [[nodiscard]] const Reference& reference() const { return activation_.reference(); }

 private:
  struct Remembered {
    std::uint64_t moment = 0;
    Outcome outcome = Outcome::no;
  };
  [[nodiscard]] Outcome all_of(const std::vector<ExpressionPtr>& terms);
  [[nodiscard]] Outcome outcome_of(const Expression& expression);

  SituationActivation activation_;
  cel::Scratch scratch_;
  std::vector<Remembered> remembered_;  ///< by Expression::number
  std::uint64_t moment_ = 0;            ///< grows with each begin() and risk_changed()
  std::uint64_t risk_moment_ = 0;
};

}  // namespace kentongan::rules
