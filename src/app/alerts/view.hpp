// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/alerts/remote.hpp"
#include "domain/time.hpp"

/// Alerts as a terminal shows them. Texts of strangers are shown without control characters.
namespace kentongan::app::alerts {

struct ViewStyle {
  std::size_t width = 0;  ///< columns; 0: as wide as the texts are
  bool colour = false;
  bool indonesian = false;  ///< which of an alert's two messages is shown first
};

/// "now", "4m", "3h", "12d".
[[nodiscard]] std::string age_of(Duration age);

/// A heading, then a line for each: level, state, age, area, rule, number; on a wide terminal the message too. An awas
/// that nobody has confirmed is `awas?`.
[[nodiscard]] std::vector<std::string> table_of(const std::vector<RemoteAlert>& alerts, TimePoint now,
                                                const ViewStyle& style);

/// All about one.
[[nodiscard]] std::vector<std::string> page_of(const RemoteAlert& alert, TimePoint now, const ViewStyle& style);

/// A line about one of its steps, for `watch` without a terminal.
[[nodiscard]] std::string line_of(const RemoteAlert& alert, const StepTaken& step, const ViewStyle& style);

}  // namespace kentongan::app::alerts
