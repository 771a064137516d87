// SPDX-License-Identifier: Apache-2.0
#include "notify/plain_text.hpp"

#include <cstdint>

namespace kentongan::notify {
namespace {

bool turns_direction(std::uint32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_control(std::uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF; }

bool breaks_line(std::uint32_t c) {
  return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

}  // namespace

std::string clean(std::string_view text, Lines lines) {
  std::string cleaned;
  for (std::size_t i = 0; i < text.size();) {
    const codec::CodePoint c = codec::code_point_at(text, i);
    if (breaks_line(c.value)) {
      cleaned += lines == Lines::keep ? '\n' : ' ';
    } else if (c.value == '\t') {
      cleaned += ' ';
    } else if (!is_control(c.value) && !turns_direction(c.value)) {
      cleaned += text.substr(i, c.bytes);
    }
    i += c.bytes;
  }
  return cleaned;
}

}  // namespace kentongan::notify
