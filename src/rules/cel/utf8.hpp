// SPDX-License-Identifier: Apache-2.0
// UTF-8 by code points. All functions are safe on broken input: a stray byte counts
// as one code point.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kentongan::cel::utf8 {

[[nodiscard]] constexpr bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Unicode scalar values: no surrogates, at most U+10FFFF.
[[nodiscard]] constexpr bool is_scalar_value(std::uint32_t code_point) {
  return code_point < 0xD800 || (code_point > 0xDFFF && code_point <= 0x10FFFF);
}

[[nodiscard]] std::size_t count(std::string_view text);

// Bytes of the code point that begins at `at`, which is inside the text.
[[nodiscard]] std::size_t length_at(std::string_view text, std::size_t at);

// Byte offset of the code point with this index; npos when the text is shorter.
// The index of the end gives the size.
[[nodiscard]] std::size_t offset_of(std::string_view text, std::size_t index);

[[nodiscard]] std::uint32_t decode_at(std::string_view text, std::size_t at);

void append(std::string& text, std::uint32_t code_point);

// Strict: no overlong forms, no surrogates, nothing cut short.
[[nodiscard]] bool is_valid(std::string_view text);

}  // namespace kentongan::cel::utf8
