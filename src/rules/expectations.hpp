// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"
#include "rules/story.hpp"

namespace kentongan::rules {

/// One item of `expect`. Its `at` is counted from 1970-01-01T00:00:00Z; the caller adds the story's start.
[[nodiscard]] std::optional<Expectation> read_expectation(const SetContext& context, Findings& findings,
                                                          const Node& item);

}  // namespace kentongan::rules
