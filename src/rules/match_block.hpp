// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "rules/condition.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// Checks and compiles a `match` map. Values that can never match are left out of the predicate; a line
/// with none left stays, and matches nothing.
[[nodiscard]] std::vector<Predicate> compile_match(SetContext& context, Findings& findings, const Node& match,
                                                   EventType on);

/// A field path of the event (with or without its name before it), or a finding with the nearest path.
[[nodiscard]] std::optional<FieldId> read_field(Findings& findings, const Node& node, TextView what, EventType on,
                                                const Node* map = nullptr);

/// The paths of all fields of an event, for hints.
[[nodiscard]] std::vector<std::string_view> field_paths(EventType on);

}  // namespace kentongan::rules
