// SPDX-License-Identifier: Apache-2.0
#include "codec/json_append.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace kentongan::codec {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// The letter behind the backslash; 0: the character stands for itself or needs \u.
char short_escape(char c) {
  switch (c) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

/// How many characters at the beginning need no escape. Eight at a time: of each byte the highest bit says whether
/// it is below a space, a quotation mark or a backslash (Warren, Hacker's Delight, 6-1: finding a zero byte).
std::size_t plain_length(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto zeros = [](std::uint64_t word) { return (word - kOnes) & ~word; };
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    const std::uint64_t below = (word - kOnes * 0x20) & ~word;
    if (((below | zeros(word ^ kOnes * '"') | zeros(word ^ kOnes * '\\')) & kHighs) != 0) break;
  }
  while (i < text.size() && is_plain(text[i])) ++i;
  return i;
}

void append_escaped(std::string& out, char c) {
  out += '\\';
  if (const char letter = short_escape(c)) {
    out += letter;
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  std::size_t i = plain_length(text);
  if (i == text.size()) {  // nearly all of them
    const std::size_t begin = out.size();
    out.resize(begin + i + 2);
    char* const at = out.data() + begin;
    at[0] = '"';
    std::copy(text.begin(), text.end(), at + 1);
    at[i + 1] = '"';
    return;
  }
  out += '"';
  while (i < text.size()) {
    out += text.substr(0, i);
    append_escaped(out, text[i]);
    text.remove_prefix(i + 1);
    i = plain_length(text);
  }
  out += text;
  out += '"';
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";  // JSON has no other word for it
    return;
  }
  std::array<char, 64> text;
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-5 && size < 1e17);
  const auto end = plain ? std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed)
                         : std::to_chars(text.data(), text.data() + text.size(), value);
  const std::string_view written(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  out += written;
  if (written.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  out.append(text.data(), end.ptr);
}

void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  out.reserve(out.size() + (bytes.size() + 2) / 3 * 4 + 8);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    const auto byte = [&](std::size_t k) -> unsigned {
      return k < left ? static_cast<unsigned char>(bytes[i + k]) : 0;
    };
    const unsigned group = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += kAlphabet[group >> 18];
    out += kAlphabet[group >> 12 & 63];
    out += left > 1 ? kAlphabet[group >> 6 & 63] : '=';
    out += left > 2 ? kAlphabet[group & 63] : '=';
  }
}

std::string& ObjectWriter::key(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += name;
  out_ += "\":";
  return out_;
}

void ObjectWriter::text(std::string_view name, std::string_view value) { append_string(key(name), value); }
void ObjectWriter::integer(std::string_view name, std::int64_t value) { append_integer(key(name), value); }
void ObjectWriter::number(std::string_view name, double value) { append_number(key(name), value); }
void ObjectWriter::boolean(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }

}  // namespace kentongan::codec
