// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/utf8.hpp"

#include <algorithm>

namespace kentongan::cel::utf8 {
namespace {

std::size_t announced_length(unsigned char lead) {
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0) {
    return 2;
  }
  if (lead >= 0xE0 && lead < 0xF0) {
    return 3;
  }
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

std::uint32_t smallest_of_length(std::size_t length) {
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return smallest[length];
}

}  // namespace

std::size_t count(std::string_view text) {
  std::size_t continuations = 0;
  for (const char byte : text) {
    continuations += is_continuation(byte) ? 1U : 0U;
  }
  return text.size() - continuations;
}

std::size_t length_at(std::string_view text, std::size_t at) {
  std::size_t length = 1;
  while (at + length < text.size() && is_continuation(text[at + length])) {
    ++length;
  }
  return length;
}

std::size_t offset_of(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; index > 0; --index) {
    if (at >= text.size()) {
      return std::string_view::npos;
    }
    at += length_at(text, at);
  }
  return at;
}

std::uint32_t decode_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = announced_length(lead);
  if (length <= 1 || at + length > text.size()) {
    return lead;
  }
  std::uint32_t code_point = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    code_point = (code_point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  return code_point;
}

void append(std::string& text, std::uint32_t code_point) {
  const auto byte = [&](std::uint32_t value) { text.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0U | (code_point >> 6U));
    byte(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    byte(0xE0U | (code_point >> 12U));
    byte(0x80U | ((code_point >> 6U) & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  } else {
    byte(0xF0U | (code_point >> 18U));
    byte(0x80U | ((code_point >> 12U) & 0x3FU));
    byte(0x80U | ((code_point >> 6U) & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  }
}

bool is_valid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = announced_length(static_cast<unsigned char>(text[at]));
    if (length == 0 || at + length > text.size()) {
      return false;
    }
    const std::string_view tail = text.substr(at + 1, length - 1);
    if (!std::all_of(tail.begin(), tail.end(), is_continuation)) {
      return false;
    }
    const std::uint32_t code_point = decode_at(text, at);
    if (code_point < smallest_of_length(length) || !is_scalar_value(code_point)) {
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace kentongan::cel::utf8
