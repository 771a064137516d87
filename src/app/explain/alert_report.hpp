// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/explain/alert_story.hpp"

namespace kentongan::app::explain {

/// All that is known of an alert, for people.
[[nodiscard]] std::string alert_text(const AlertTold& told, const rules::RiskModel& risk, const Speech& speech);
/// The same as one JSON object, with a line feed.
[[nodiscard]] std::string alert_json(const AlertTold& told, const rules::RiskModel& risk, const Speech& speech);

}  // namespace kentongan::app::explain
