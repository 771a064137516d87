// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Texts of strangers, made fit to be shown.
namespace kentongan::notify {

enum class Lines : unsigned char { keep, join };

/// Without control characters and without what turns the direction of writing; line breaks stay or become a space.
[[nodiscard]] std::string clean(std::string_view text, Lines lines);

/// How a channel counts.
enum class Unit : unsigned char { bytes, code_points, utf16 };
[[nodiscard]] std::size_t length_of(std::string_view text, Unit unit);

/// At most `most` units, ended at a code point; a text that was cut ends in an ellipsis.
[[nodiscard]] std::string cut(std::string_view text, std::size_t most, Unit unit);

/// For the text of an HTML element or a quoted attribute.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace kentongan::notify
