// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/output.hpp"

namespace kentongan::app::explain {

/// A step of an alert as it was committed, and when.
struct CommittedStep {
  AlertStep step;
  TimePoint time;
  std::string id;  ///< of the event
};

/// Reads a kentongan.alert.v1 event that kentongan wrote; none: it is something else.
[[nodiscard]] std::optional<CommittedStep> read_alert_step(std::string_view event);

/// The same of its `data` alone, as GET /v1/alerts has it.
[[nodiscard]] std::optional<AlertStep> read_alert_data(std::string_view data);

}  // namespace kentongan::app::explain
