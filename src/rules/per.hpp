// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/rule.hpp"

namespace kentongan::rules {

/// The scopes that have a name: "area", "district", ..
[[nodiscard]] std::span<const std::string_view> scope_names();
/// Whether the field can be part of a scope's key: it shows no person or party, and is no free text.
[[nodiscard]] bool can_be_in_key(FieldId field);
/// A `per`: the name of a scope or a list of field paths.
[[nodiscard]] std::optional<Per> read_per(Findings& findings, const Node& node, EventType on);
/// The `per` of a level or quota rule: area, district or city. `what` names it in sentences.
[[nodiscard]] std::optional<PlaceKind> read_place_per(Findings& findings, const Node& node, TextView what);

}  // namespace kentongan::rules
