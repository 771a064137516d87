// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "adapters/kafka/settings.hpp"
#include "domain/error.hpp"
#include "ports/journal.hpp"

namespace kentongan::kafka {

/// Calls `visit` with every committed output of these topics, as a structured event: partition by partition of the
/// inputs, and in each in the order in which the engine made them, until it returns false. Ends at what was committed
/// when it began. What the topics no longer keep (compacted risk, retention) is missing.
[[nodiscard]] Result<void> dump_outputs(const Settings& settings, std::span<const ports::OutputTopic> topics,
                                        const std::function<bool(std::string_view event)>& visit);

}  // namespace kentongan::kafka
