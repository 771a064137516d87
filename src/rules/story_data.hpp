// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/fields.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// The data of an event of a test as JSON text. Texts are taken as they are written (`from: 35.73`), a
/// reporter or actor may be a plain text (its `ref`). `key` is the event's name. Findings for unknown
/// keys, wrong values and missing required fields.
[[nodiscard]] std::string read_event_data(const SetContext& context, Findings& findings, const Node& key,
                                          const Node& data, EventType type);

/// Fields of a rule that the event's data does not have.
[[nodiscard]] bool is_derived(const FieldSpec& spec);
/// Least and most of a whole number that has bounds.
[[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> story_range(FieldId field);
/// Fields that the event must have, as dotted paths; a status may ask for fewer. The contract of the events.
[[nodiscard]] std::vector<std::string_view> required_fields(EventType type, std::string_view status);

}  // namespace kentongan::rules
