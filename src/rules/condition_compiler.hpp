// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "rules/condition.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// The value of a key `on`, or a finding. Null is a report.
[[nodiscard]] std::optional<EventType> read_event_type(Findings& findings, const Node* on);

/// Checks and compiles what must hold of an event, wherever that is written: a rule, a step, `after`, `expect`. Null
/// where a key is absent.
[[nodiscard]] Condition compile_condition(SetContext& context, Findings& findings, EventType on, const Node* match,
                                          const Node* when);

}  // namespace kentongan::rules
