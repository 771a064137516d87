// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/explain/speech.hpp"
#include "engine/insight.hpp"
#include "rules/rule.hpp"

namespace kentongan::app::explain {

/// What the rule holds of a scope, in one sentence without its full stop: "3 of 4 reporters in the 24 h until
/// 10 Nov 2024 13:00; those of r-1, r-2, r-5".
[[nodiscard]] std::string held_sentence(const rules::Rule& rule, const rules::RiskModel& risk,
                                        const engine::Holding& holding, const Speech& speech);

/// The same of what made an alert fire.
[[nodiscard]] std::string fired_sentence(const rules::Rule& rule, const rules::RiskModel& risk,
                                         const engine::Holding& holding, const Speech& speech);

}  // namespace kentongan::app::explain
