// SPDX-License-Identifier: Apache-2.0
#include "scenario/json_object.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace kentongan::scenario {

void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      constexpr char kHex[] = "0123456789abcdef";
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(letter) >> 4];
      out += kHex[static_cast<unsigned char>(letter) & 15];
    } else {
      out += letter;
    }
  }
  out += '"';
}

void append_integer(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end.ptr);
}

void append_degrees(std::string& out, double degrees) {
  const auto parts = std::llround(degrees * 100'000);
  if (parts < 0) out += '-';
  append_integer(out, std::abs(parts) / 100'000);
  std::string rest = std::to_string(100'000 + std::abs(parts) % 100'000);
  rest[0] = '.';
  out += rest;
}

void JsonObject::integer(std::string_view name, std::int64_t value) { append_integer(key(name), value); }

}  // namespace kentongan::scenario
