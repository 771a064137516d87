// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/config.hpp"
#include "app/explain/alert_story.hpp"
#include "app/rule_source.hpp"

namespace kentongan::app::explain {

/// What a journal knows of an alert: its committed steps, and how it fired as far as the inputs that are still kept
/// give it again. Changes nothing in it; the service may be running. Error::invalid: the alert is unknown.
[[nodiscard]] Result<AlertTold> alert_of_journal(const std::string& alert, const Config& config,
                                                 const LoadedRules& loaded, Language language, PlaceId city);

}  // namespace kentongan::app::explain
