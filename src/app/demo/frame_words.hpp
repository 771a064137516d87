// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/demo/frame.hpp"

/// Words of frames, and texts that fit.
namespace kentongan::app::demo {

/// The text in exactly so many columns: cut with two dots, or filled with blanks. A code point is one column.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t columns);
/// As fitted(), not filled.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);
/// Lines of at most so many columns, broken at blanks; at most `most` lines, the last one shortened.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t most);

[[nodiscard]] const LocalZone& zone_of(const Reference& reference);
/// "Wed 27 Nov 2024 07:26".
[[nodiscard]] std::string moment_text(TimePoint time, const LocalZone& zone, bool indonesian);
/// The stage that runs and the days until voting.
[[nodiscard]] std::string stage_text(TimePoint time, const Reference& reference, bool indonesian);
/// Why an alert is as it is, in short.
[[nodiscard]] std::string why_text(const AlertView& alert, bool indonesian);
[[nodiscard]] std::string state_text(const AlertView& alert, bool indonesian);
/// 12,345 or 12.345.
[[nodiscard]] std::string number_text(std::uint64_t value, bool indonesian);
[[nodiscard]] const std::string& text_in(const LocalText& text, bool indonesian);
[[nodiscard]] std::string place_text(const std::string& code, const Reference& reference);

}  // namespace kentongan::app::demo
