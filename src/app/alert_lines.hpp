// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/explain/alert_reader.hpp"
#include "app/rule_source.hpp"
#include "domain/error.hpp"
#include "rules/reference_loader.hpp"

namespace kentongan::app {

/// Calls `visit` for each step of an alert in a file of kentongan's output events ("-": standard input), in its order.
/// Other events of kentongan are passed over; a line that is none is Error::invalid, with its number.
[[nodiscard]] Result<void> each_alert(const std::string& input,
                                      const std::function<Result<void>(const explain::CommittedStep& step)>& visit);

/// Reference data and roster without the rules. Error::invalid tells the first fault that is in them.
[[nodiscard]] Result<rules::LoadedReference> load_places(const RuleSource& source);

}  // namespace kentongan::app
