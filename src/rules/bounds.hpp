// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/condition.hpp"

namespace kentongan::rules {

/// The numbers that a comparison leaves: those between two bounds, or some single ones.
struct Bounds {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool open_below = false;  ///< `least` itself is not among them
  bool open_above = false;
  std::optional<std::vector<double>> single;  ///< in place of the bounds

  [[nodiscard]] bool hold(double number) const;
};

/// None where it compares with something else than numbers, or leaves all but some.
[[nodiscard]] std::optional<Bounds> bounds_of(const cel::Condition& comparison);
[[nodiscard]] std::optional<Bounds> bounds_of(const FieldIn& line);

/// Is there a number, or a whole number, that both hold?
[[nodiscard]] bool meet(const Bounds& a, const Bounds& b, bool whole);

}  // namespace kentongan::rules
