// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/config.hpp"
#include "app/rule_source.hpp"
#include "domain/error.hpp"
#include "engine/options.hpp"
#include "period/figures.hpp"
#include "period/span.hpp"

/// Where the figures of a period come from.
namespace kentongan::app::period_report {

/// A file of events (or - ), replayed; clocks end at `until`, none: at the last event of each city.
[[nodiscard]] Result<period::Figures> figures_of_file(const std::string& file, const LoadedRules& loaded,
                                                      const period::Span& span, const engine::Options& options,
                                                      std::optional<TimePoint> until);
/// What the journal of a configuration committed; the service may be running. Changes nothing in it. Of Kafka only
/// outputs are read.
[[nodiscard]] Result<period::Figures> figures_of_journal(const Config& config, const LoadedRules& loaded,
                                                         const period::Span& span);

}  // namespace kentongan::app::period_report
