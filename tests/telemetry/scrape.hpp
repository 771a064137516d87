// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/telemetry/metrics.hpp"

/// Reading the text format in tests.
namespace kentongan::telemetry {

/// Something of everything, so that each metric has a series.
void fill(Metrics& metrics);

/// The names behind `# TYPE`.
[[nodiscard]] std::vector<std::string> families_in(std::string_view text);
/// The label names of each series of a family, `le` left out.
[[nodiscard]] std::vector<std::set<std::string>> labels_in(std::string_view text, const std::string& family);
/// "type, verdict" as a set.
[[nodiscard]] std::set<std::string> sorted_labels(std::string_view list);
/// The value of a series, labels in any order; -1 where there is none.
[[nodiscard]] double value_of(std::string_view text, std::string_view series);
/// How many lines begin so.
[[nodiscard]] std::size_t count_of(std::string_view text, std::string_view begin);

}  // namespace kentongan::telemetry
