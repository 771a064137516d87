// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kentongan::codec {

/// Offset of the first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7: no overlong
/// forms, no surrogates, nothing above U+10FFFF); text.size() when all is well.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

/// Writes a code point (at most U+10FFFF) as UTF-8; returns the place behind it.
char* put_utf8(char* out, std::uint32_t code_point);

}  // namespace kentongan::codec
