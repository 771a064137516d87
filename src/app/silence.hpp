// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/engine.hpp"
#include "rules/said/text.hpp"

namespace kentongan::app {

/// Why a rule has no open alert. Codes: unknown_rule, off, no_match, count_below, distinct_below,
/// level_below, apart (no two campaign entries meet), within_quota, incomplete (of a sequence),
/// answered, usual (of a spike), waits (for `for`, or until its condition has ended), quiet.
struct Silence {
  std::string code;
  said::Text text;
};

/// Of the scope that is nearest to an alert.
[[nodiscard]] Silence silence_of(const engine::Engine& engine, std::string_view rule);

}  // namespace kentongan::app
