// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/set_context.hpp"
#include "rules/story.hpp"

namespace kentongan::rules {

/// What `because` may say of a rule without an open alert; the program gives one of these.
inline constexpr std::array<std::string_view, 13> kSilenceReasons{
    "no_match", "count_below", "distinct_below", "level_below", "apart", "within_quota", "incomplete",
    "answered", "usual",       "waits",          "quiet",       "off",   "score_only"};

/// One item of `expect`. Its `at` is counted from 1970-01-01T00:00:00Z; the caller adds the story's start. A rule that
/// it names is added to `named_rules`.
[[nodiscard]] std::optional<Expectation> read_expectation(const SetContext& context, Findings& findings,
                                                          const Node& item, std::vector<const Node*>& named_rules);

}  // namespace kentongan::rules
