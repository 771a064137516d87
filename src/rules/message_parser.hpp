// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/findings.hpp"
#include "rules/message.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// What is known behind an alert; the names of all else are missing when its texts are rendered.
struct Behind {
  bool event = true;   ///< not of `level` rules and of `absence` with `each`
  bool pair = false;   ///< `a` and `b` of clash rules
  bool cause = false;  ///< what lifted the level, of `level` rules
};

/// Checks and compiles the text of a message; findings stand inside the scalar.
///
///     message = { text | "{{" expression "}}" }
///
/// The expression ends at the first `}}` that is in no text and closes no `{` of its own. A `}}` without its beginning
/// is text.
[[nodiscard]] Message compile_message(SetContext& context, Findings& findings, const Node& node, EventType on,
                                      Behind behind);

}  // namespace kentongan::rules
