// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/reference.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// The place with this code, or the error `unknown-area` with the nearest code (or name) as hint.
[[nodiscard]] std::optional<PlaceId> read_place(Findings& findings, const Node& code, const Reference& reference);

/// The nearest code, or that of the place with this name, as a hint.
[[nodiscard]] Text place_hint(const Reference& reference, std::string_view code);

}  // namespace kentongan::rules
