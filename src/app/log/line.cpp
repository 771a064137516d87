// SPDX-License-Identifier: Apache-2.0
#include "app/log/line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "codec/utf8.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

bool is_key_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// The length of `key=` at the beginning; 0: there is none.
std::size_t key_length(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_key_char);
  const auto length = static_cast<std::size_t>(end - text.begin());
  return length > 0 && length < text.size() && text[length] == '=' ? length + 1 : 0;
}

bool ends_here(std::string_view behind) {
  return behind.empty() || (behind[0] == ' ' && key_length(behind.substr(1)) > 0);
}

/// What stands behind a backslash; it is cut off.
char take_escaped(std::string_view& text) {
  const char c = text.front();
  text.remove_prefix(1);
  unsigned byte = 0;
  if (c == 'x' && text.size() >= 2) {
    const auto read = std::from_chars(text.data(), text.data() + 2, byte, 16);
    if (read.ec == std::errc() && read.ptr == text.data() + 2) {
      text.remove_prefix(2);
      return static_cast<char>(byte);
    }
  }
  constexpr std::string_view kLetters = "nrt", kControls = "\n\r\t";
  const auto at = kLetters.find(c);
  return at == std::string_view::npos ? c : kControls[at];
}

/// Bytes that are no UTF-8 as U+FFFD.
std::string as_utf8(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t wrong = codec::find_invalid_utf8(text);
    if (wrong >= text.size()) return out.append(text);
    out.append(text.substr(0, wrong)).append("\xef\xbf\xbd");
    text.remove_prefix(wrong + 1);
  }
}

/// `text` begins behind the opening quote; what is read is cut off.
std::string take_quoted(std::string_view& text) {
  std::string value;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"' && ends_here(text)) break;
    if (c == '\\' && !text.empty()) {
      value += take_escaped(text);
    } else {
      value += c;
    }
  }
  return value;
}

std::string take_word(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && !ends_here(text.substr(end))) ++end;
  std::string value(text.substr(0, end));
  text.remove_prefix(end);
  return value;
}

bool is_plain(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return c > 0x20 && c != 0x7f && c != '"' && c != '\\' && c != '=';
  });
}

/// What JSON reads as a number without loss, so without leading zeros, and true and false.
bool is_bare_in_json(std::string_view value) {
  if (value == "true" || value == "false") return true;
  if (value.starts_with('-')) value.remove_prefix(1);
  if (value.empty() || value.size() > 15 || (value[0] == '0' && value.size() > 1 && value[1] != '.')) return false;
  const auto dot = value.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (dot == std::string_view::npos) return digits(value);
  return digits(value.substr(0, dot)) && digits(value.substr(dot + 1));
}

}  // namespace

std::string log_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

LogFields fields_of(std::string_view line) {
  LogFields fields;
  while (!line.empty()) {
    if (line.front() == ' ') {
      line.remove_prefix(1);
      continue;
    }
    const std::size_t key = key_length(line);
    std::string name = key == 0 ? "msg" : std::string(line.substr(0, key - 1));
    line.remove_prefix(key);
    const bool in_quotes = key > 0 && line.starts_with('"');
    if (in_quotes) line.remove_prefix(1);
    fields.push_back({std::move(name), in_quotes ? take_quoted(line) : take_word(line), in_quotes});
  }
  return fields;
}

std::string to_logfmt(const LogFields& fields) {
  std::string line;
  for (const auto& [key, value, in_quotes] : fields) {
    if (!line.empty()) line += ' ';
    line += key;
    line += '=';
    line += is_plain(value) && !in_quotes ? value : log_text(value);
  }
  return line;
}

std::string to_json(const LogFields& fields) {
  std::string json = "{";
  for (const auto& [key, value, in_quotes] : fields) {
    if (json.size() > 1) json += ',';
    codec::append_string(json, key);
    json += ':';
    if (is_bare_in_json(value)) {
      json += value;
    } else {
      codec::append_string(json, as_utf8(value));
    }
  }
  return json + '}';
}

}  // namespace kentongan::app
