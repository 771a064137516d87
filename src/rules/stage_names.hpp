// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reference.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// The stages of the calendar and campaign, quiet_period, voting and counting, each once. Views of the reference data.
[[nodiscard]] std::vector<std::string_view> known_stages(const Reference& reference);

/// The name of a stage, or the error `unknown-stage` with the nearest.
[[nodiscard]] std::optional<std::string> read_stage(Findings& findings, const Node& node, TextView what,
                                                    const Reference& reference);

/// A list of stages; a stage that the calendar does not have is the warning `never-matches`.
[[nodiscard]] std::vector<std::string> read_stages(Findings& findings, const Node& node, const Reference& reference);

}  // namespace kentongan::rules
