// SPDX-License-Identifier: Apache-2.0
#include "domain/folded.hpp"

#include <algorithm>
#include <cstdint>

namespace kentongan {
namespace {

bool within(std::uint32_t c, std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; }

/// Capitals and small letters that follow each other in pairs; `odd`: capitals have odd numbers.
std::uint32_t small_of_pair(std::uint32_t c, bool odd) { return ((c & 1U) != 0) == odd ? c + 1 : c; }

std::uint32_t small(std::uint32_t c) {
  if (within(c, 'A', 'Z')) return c + 32;
  if (c < 0xC0) return c;
  if (within(c, 0xC0, 0xDE) && c != 0xD7) return c + 32;
  if (within(c, 0x100, 0x12F) || within(c, 0x132, 0x137) || within(c, 0x14A, 0x177)) return small_of_pair(c, false);
  if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E)) return small_of_pair(c, true);
  if (c == 0x178) return 0xFF;
  if (within(c, 0x391, 0x3AB) && c != 0x3A2) return c + 32;
  if (within(c, 0x410, 0x42F)) return c + 32;
  if (within(c, 0x400, 0x40F)) return c + 80;
  if (within(c, 0x460, 0x481) || within(c, 0x48A, 0x4BF) || within(c, 0x4D0, 0x52F)) return small_of_pair(c, false);
  if (within(c, 0x531, 0x556)) return c + 48;
  if (within(c, 0x1E00, 0x1E95) || within(c, 0x1EA0, 0x1EFF)) return small_of_pair(c, false);
  return c;
}

/// The code point of the one or two bytes at `at`; of longer ones those of three are read, and more are left alone.
std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t size) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])); };
  if (size == 1) return byte(0);
  if (size == 2) return ((byte(0) & 0x1FU) << 6U) | (byte(1) & 0x3FU);
  return ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
}

std::size_t size_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(size, text.size() - at);
}

bool is_space(std::uint32_t c) {
  return c == ' ' || within(c, '\t', '\r') || c == 0xA0 || c == 0x85 || c == 0x1680 || within(c, 0x2000, 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

void append(std::string& text, std::uint32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | (c >> 6U));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    text += static_cast<char>(0xE0U | (c >> 12U));
    text += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  std::size_t end = 0;  // behind the last that is no space
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = size_at(text, at);
    const std::uint32_t c = size == 4 ? 0x10000 : code_point(text, at, size);
    if (!(is_space(c) && result.empty())) {
      if (size == 4) {
        result += text.substr(at, size);
      } else {
        append(result, small(c));
      }
    }
    if (!is_space(c)) end = result.size();
    at += size;
  }
  result.resize(end);
  return result;
}

}  // namespace kentongan
