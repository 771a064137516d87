// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "rules/node.hpp"
#include "rules/source.hpp"

namespace kentongan::rules {

/// Where the byte `at` of a scalar's decoded text stands in the source: escapes, doubled quotes, folded
/// lines and the indentation of a block are followed. The scalar's own place when they cannot be.
[[nodiscard]] std::size_t place_in_scalar(const Source& source, const Node& scalar, std::size_t at);

/// The offset just after a quoted scalar's closing quote; none when the file ends before it (the YAML
/// library takes the end of the file for the missing quote).
[[nodiscard]] std::optional<std::size_t> end_of_quoted(const Source& source, const Node& scalar);

}  // namespace kentongan::rules
