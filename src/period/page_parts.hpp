// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "period/page.hpp"

/// Parts of page_of().
namespace kentongan::period {

/// "Kelurahan Kauman" without its first word: names as the reference data write them.
[[nodiscard]] std::string place_name(const Told& told, PlaceId place);
/// "12 others": the row of what a list leaves out.
[[nodiscard]] std::string others(std::size_t many, const Words& words);
/// Days as they stand below a chart; weeks where there are too many days.
[[nodiscard]] std::vector<std::string> day_labels(const Told& told, const Words& words);
/// Days summed to what day_labels() names.
[[nodiscard]] std::vector<Count> in_bars(const std::vector<Count>& days);

[[nodiscard]] Section incoming_section(const Told& told, const Words& words, const Lengths& lengths);
[[nodiscard]] Section quality_section(const Told& told, const Words& words, const Lengths& lengths);
[[nodiscard]] Section alert_section(const Told& told, const Words& words, const Lengths& lengths);
[[nodiscard]] Section handling_section(const Told& told, const Words& words);
[[nodiscard]] Section level_section(const Told& told, const Words& words, const Lengths& lengths);
[[nodiscard]] Section place_section(const Told& told, const Words& words, const Lengths& lengths);
[[nodiscard]] Section logistics_section(const Told& told, const Words& words);
[[nodiscard]] Section coverage_section(const Told& told, const Words& words, const Lengths& lengths);

}  // namespace kentongan::period
