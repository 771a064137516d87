// SPDX-License-Identifier: Apache-2.0
#include "codec/cut.hpp"

namespace kentongan::codec {
namespace {

constexpr std::string_view kEllipsis = "\u2026";

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

CodePoint code_point_at(std::string_view text, std::size_t position) {
  const auto lead = static_cast<unsigned char>(text[position]);
  const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (bytes == 1 || position + bytes > text.size()) return {lead, 1};
  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) value = value << 6 | (static_cast<unsigned char>(text[position + i]) & 0x3F);
  return {value, bytes};
}

std::size_t length_of(std::string_view text, Unit unit) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
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
    const CodePoint c = code_point_at(text, end);
    if (length + size_of(c, unit) > most - mark) break;
    length += size_of(c, unit);
    end += c.bytes;
  }
  return std::string(text.substr(0, end)) + std::string(kEllipsis);
}

}  // namespace kentongan::codec
