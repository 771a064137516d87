// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/findings.hpp"
#include "rules/message_parser.hpp"
#include "rules/node.hpp"
#include "rules/rule.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// What the texts of an alert can speak of.
struct Spoken {
  EventType on = EventType::report;
  Behind behind;
};

/// Checks and compiles an `alert` map. `key` is the key `alert`.
[[nodiscard]] AlertSpec compile_alert(SetContext& context, Findings& findings, const Node& key, const Node& alert,
                                      const Spoken& of, bool needs_level);

/// A list of roles; one that neither routing.yaml nor roster.yaml knows is a warning.
[[nodiscard]] std::vector<std::string> read_roles(const SetContext& context, Findings& findings, const Node& roles,
                                                  TextView what);

}  // namespace kentongan::rules
