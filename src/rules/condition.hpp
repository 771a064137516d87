// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "domain/fields.hpp"

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

/// The one lowered form of what an event must satisfy: all predicates hold. `when` (CEL) adds
/// another alternative here; see docs/architecture.md.
using Predicate = std::variant<FieldIn>;

struct Condition {
  EventType on = EventType::report;
  std::vector<Predicate> all;
};

/// The fast evaluator: masks where there are any.
[[nodiscard]] bool holds(const Condition& condition, const Event& event, const Reference& reference);
/// The slow, obvious one that only reads field values and literals. The oracle of `--full-scan`.
[[nodiscard]] bool holds_by_values(const Condition& condition, const Event& event, const Reference& reference);

}  // namespace kentongan::rules
