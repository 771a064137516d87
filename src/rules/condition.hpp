// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "domain/fields.hpp"
#include "rules/expression.hpp"

namespace kentongan::rules {

/// A value as written in `match`. Numbers compare by value, texts never equal numbers.
using Literal = std::variant<bool, double, std::string>;

/// One line of `match`: the field equals one of the values (of a list field: any element does).
/// On a missing field it does not hold.
struct FieldIn {
  FieldId field{};
  std::vector<Literal> values;
  /// Of word, category and small integer fields (see field_code): the allowed codes as bits.
  /// 0 with `coded` set means that no event can match.
  std::uint64_t mask = 0;
  bool coded = false;  ///< `mask` decides alone; `values` stay for messages and the full scan
};

/// A predicate that `match` makes.
using Predicate = std::variant<FieldIn>;

/// Outside of these bounds (both among them) a number of the field makes a condition false. A missing one does not.
struct FieldRange {
  FieldId field{};
  double least = 0;
  double most = 0;
};

/// A `when`. It holds when each operand of its outermost && does; an operand that fails (an error) does not hold,
/// and the whole has failed unless another operand is false.
struct When {
  explicit When(cel::Program program) : whole(std::move(program)) {}

  cel::Program whole;  ///< for the slow evaluator and for explanations
  /// The operands that `implied` does not decide, each shared by all conditions that have it:
  std::vector<ExpressionPtr> terms;     ///< those that the event decides alone
  std::vector<ExpressionPtr> deferred;  ///< those that ask for the risk of the area
  /// What must hold of single fields for the whole to be true, in the form of `match`, so that one index serves both.
  std::vector<FieldIn> implied;
  /// What the terms imply of single numbers; they are tried all the same.
  std::vector<FieldRange> ranges;
};

/// What an event must satisfy: all lines of `match`, and `when`.
struct Condition {
  EventType on = EventType::report;
  std::vector<Predicate> all;
  std::shared_ptr<const When> when;  ///< null: none
};

/// The lines of `match` alone. The fast evaluator: masks where there are any.
[[nodiscard]] bool holds(const Condition& condition, const Event& event, const Reference& reference);
/// The slow, obvious one that only reads field values and literals. The oracle of `--full-scan`.
[[nodiscard]] bool holds_by_values(const Condition& condition, const Event& event, const Reference& reference);

}  // namespace kentongan::rules
