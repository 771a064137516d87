// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "app/commands/commands.hpp"
#include "app/processor.hpp"
#include "app/rule_source.hpp"

/// Parts of `replay`.
namespace kentongan::app {

/// Compares the alerts of these rules with those of `arguments.against`.
[[nodiscard]] int replay_against(const ReplayArguments& arguments, const LoadedRules& after,
                                 const engine::Options& options, std::optional<TimePoint> until);

/// Writes the summary of what was read; returns the exit code.
[[nodiscard]] int end_replay(const ReplayArguments& arguments, const Tally& tally, std::uint64_t alerts);

}  // namespace kentongan::app
