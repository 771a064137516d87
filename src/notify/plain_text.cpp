// SPDX-License-Identifier: Apache-2.0
#include "notify/plain_text.hpp"

#include <cstdint>

namespace kentongan::notify {
namespace {

constexpr std::string_view kEllipsis = "\u2026";

/// The next code point of a well-formed text, and how many bytes it takes. A stray byte counts as one.
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};

CodePoint at(std::string_view text, std::size_t position) {
  const auto lead = static_cast<unsigned char>(text[position]);
  const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (bytes == 1 || position + bytes > text.size()) return {lead, 1};
  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) value = value << 6 | (static_cast<unsigned char>(text[position + i]) & 0x3F);
  return {value, bytes};
}

bool turns_direction(std::uint32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_control(std::uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF; }

bool breaks_line(std::uint32_t c) {
  return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

std::size_t size_of(const CodePoint& c, Unit unit) {
  switch (unit) {
    case Unit::bytes:
      return c.bytes;
    case Unit::code_points:
      return 1;
    case Unit::utf16:
      return c.value > 0xFFFF ? 2 : 1;
  }
  return c.bytes;
}

}  // namespace

std::string clean(std::string_view text, Lines lines) {
  std::string cleaned;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = at(text, i);
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

std::size_t length_of(std::string_view text, Unit unit) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = at(text, i);
    length += size_of(c, unit);
    i += c.bytes;
  }
  return length;
}

std::string cut(std::string_view text, std::size_t most, Unit unit) {
  if (length_of(text, unit) <= most) return std::string(text);
  const std::size_t mark = length_of(kEllipsis, unit);
  if (most < mark) return {};
  std::size_t length = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const CodePoint c = at(text, end);
    if (length + size_of(c, unit) > most - mark) break;
    length += size_of(c, unit);
    end += c.bytes;
  }
  return std::string(text.substr(0, end)) + std::string(kEllipsis);
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace kentongan::notify
