// SPDX-License-Identifier: Apache-2.0
// Equality and order of values.
#pragma once

#include <compare>

#include "rules/cel/budget.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// As if all numbers were doubles once one of them is one; int and uint exactly.
// Unordered only with NaN.
[[nodiscard]] std::partial_ordering compare_numbers(const Value& left, const Value& right);

// True of what has an order: numbers among each other, and two values of the same kind
// out of bool, string, bytes, timestamp and duration.
[[nodiscard]] bool has_order(const Value& left, const Value& right);

// Of two values that have an order. Strings and bytes by their bytes.
[[nodiscard]] std::partial_ordering compare(const Value& left, const Value& right);

// CEL equality: never an error, false between different types, numbers by value, lists and
// maps by content. Walks shared parts as often as they occur; when the budget is spent the
// answer is false and the budget says so.
[[nodiscard]] bool equal(const Value& left, const Value& right, Budget& budget);

// Without a budget, for values whose size is known to be sensible.
[[nodiscard]] bool equal(const Value& left, const Value& right);

}  // namespace kentongan::cel
