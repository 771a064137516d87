// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/explain/event_trial.hpp"

namespace kentongan::app::explain {

/// Of one rule: every condition, and what it holds.
[[nodiscard]] std::string rule_text(const EventTold& event, const RuleTold& told, const rules::RiskModel& risk,
                                    const Speech& speech);
/// Of all rules: a line each, those that matched first, then those that came near, then the others.
[[nodiscard]] std::string rules_text(const EventTold& event, const rules::RiskModel& risk, const Speech& speech);
/// All of it as one JSON object, with a line feed.
[[nodiscard]] std::string event_json(const EventTold& event, const rules::RiskModel& risk, const Speech& speech);

/// A line for each condition, for the reports of events and of alerts.
[[nodiscard]] std::string conditions_text(const std::vector<ConditionTold>& conditions, const Speech& speech);
void append_conditions(std::string& json, const std::vector<ConditionTold>& conditions);
void append_holding(std::string& json, const engine::Holding& holding, const std::string& sentence,
                    const Speech& speech);

}  // namespace kentongan::app::explain
