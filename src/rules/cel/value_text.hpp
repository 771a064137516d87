// SPDX-License-Identifier: Apache-2.0
// Values as text.
#pragma once

#include <cstddef>
#include <string>

#include "rules/cel/value.hpp"

namespace kentongan::cel {

enum class TextStyle : unsigned char {
  literal,  // as CEL would be written: "a", b"\x00", 1u, 1.0, timestamp("..")
  message,  // as for people: a, 1, 12 (for 12.0), 2024-11-10T08:00:00Z, [a, 1]
};

// At most about max_bytes; a longer text is cut and ends in "...". Entries of maps stand in
// the order of their keys' texts.
[[nodiscard]] std::string to_text(const Value& value, TextStyle style, std::size_t max_bytes = 65536);

// A string as a CEL literal in double quotes.
[[nodiscard]] std::string quote(std::string_view text);

}  // namespace kentongan::cel
