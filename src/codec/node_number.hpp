// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "codec/json_number.hpp"
#include "codec/json_reader.hpp"

/// What the functions of json_number.hpp say of the number that a node is; of a short one, as nearly all are, from
/// the digits that were read with it.
namespace kentongan::codec {

[[nodiscard]] inline std::optional<std::int64_t> to_integer(const JsonReader& json, const Node& node) {
  const std::string_view literal = json.text(node);
  if (node.behind_point != 0) return to_integer(literal);
  const auto value = static_cast<std::int64_t>(node.digits);
  return literal.front() == '-' ? -value : value;
}

/// Of at most 15 bytes the digits and the power of ten are exact doubles, so that one division rounds correctly
/// (Clinger 1990). Coordinates are such numbers.
[[nodiscard]] inline double to_double(const JsonReader& json, const Node& node) {
  constexpr std::uint32_t kExact = 15;
  static constexpr std::array<double, kExact> kPowers{1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                                                      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
  const std::string_view literal = json.text(node);
  if (!node.short_number() || node.size > kExact) return to_double(literal);
  const double value = static_cast<double>(static_cast<std::int64_t>(node.digits)) / kPowers[node.behind_point];
  return literal.front() == '-' ? -value : value;
}

}  // namespace kentongan::codec
