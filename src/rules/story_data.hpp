// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/words.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// The data of an event of a test as JSON text. Texts are taken as they are written (`from: 35.73`), a
/// reporter or actor may be a plain text (its `ref`). `key` is the event's name. Findings for unknown
/// keys, wrong values and missing required fields.
[[nodiscard]] std::string read_event_data(const SetContext& context, Findings& findings, const Node& key,
                                          const Node& data, EventType type);

}  // namespace kentongan::rules
