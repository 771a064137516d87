// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "rules/condition.hpp"

namespace kentongan::rules {

/// Number of codes that a mask can tell apart; see field_code.
inline constexpr int kMaskBits = 63;

/// Sets `coded` and `mask` where field_code can decide alone: word, category and integer fields whose
/// values all have a code.
void set_mask(FieldIn& line, const Reference& reference);

/// Whether one line holds: by its mask where it has one.
[[nodiscard]] bool holds(const FieldIn& line, const Event& event, const Reference& reference);
/// The same by values only.
[[nodiscard]] bool holds_by_values(const FieldIn& line, const Event& event, const Reference& reference);

/// Why a line does not hold, for people: "`category` is hoax, not intimidation". Empty when it holds.
[[nodiscard]] said::Text why_not(const FieldIn& line, const Event& event, const Reference& reference);

}  // namespace kentongan::rules
