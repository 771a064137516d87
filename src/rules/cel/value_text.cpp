// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/value_text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "rules/cel/map_value.hpp"
#include "rules/cel/numbers.hpp"
#include "rules/cel/time_text.hpp"

namespace kentongan::cel {
namespace {

std::string escaped_byte(char byte) {
  switch (byte) {
    case '\a':
      return "\\a";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\v':
      return "\\v";
    case '\\':
      return "\\\\";
    case '"':
      return "\\\"";
    default:
      return {byte};
  }
}

std::string quoted_bytes(std::string_view octets) {
  std::string text = "b\"";
  for (const char octet : octets) {
    const auto code = static_cast<unsigned char>(octet);
    text += code >= 0x20 && code < 0x7F ? escaped_byte(octet) : fmt::format("\\x{:02x}", code);
  }
  return text + '"';
}

std::string literal_real(double number) {
  std::string text = format_real(number);
  const bool looks_whole = text.find_first_not_of("-0123456789") == std::string::npos;
  if (!std::isfinite(number)) {
    return "double(\"" + text + "\")";
  }
  return looks_whole ? text + ".0" : text;
}

class Printer {
 public:
  Printer(TextStyle style, std::size_t max_bytes) : style_(style), max_bytes_(max_bytes) {}

  std::string print(const Value& value) {
    add(value);
    if (full()) {
      text_.resize(std::min(text_.size(), max_bytes_));
      text_ += "...";
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool full() const { return text_.size() > max_bytes_; }
  [[nodiscard]] bool literal() const { return style_ == TextStyle::literal; }

  void add(const Value& value) {
    if (full()) {
      return;
    }
    switch (value.kind()) {
      case Kind::list:
        return add_list(value.as_list());
      case Kind::map:
        return add_map(value.as_map());
      case Kind::optional:
        return add_optional(value.as_optional());
      default:
        text_ += literal() ? scalar_literal(value) : scalar_message(value);
    }
  }

  void add_list(std::span<const Value> elements) {
    text_ += '[';
    for (std::size_t i = 0; i < elements.size() && !full(); ++i) {
      text_ += i == 0 ? "" : ", ";
      add(elements[i]);
    }
    text_ += ']';
  }

  void add_map(const MapValue& map) {
    std::vector<std::string> keys;
    std::vector<std::uint32_t> order(map.size());
    std::iota(order.begin(), order.end(), 0U);
    for (const Value& key : map.keys()) {
      keys.push_back(to_text(key, style_, max_bytes_));
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    text_ += '{';
    for (std::size_t i = 0; i < order.size() && !full(); ++i) {
      text_ += i == 0 ? "" : ", ";
      text_ += keys[order[i]] + ": ";
      add(map.values()[order[i]]);
    }
    text_ += '}';
  }

  void add_optional(const Value* content) {
    if (content == nullptr) {
      text_ += "optional.none()";
      return;
    }
    text_ += "optional.of(";
    add(*content);
    text_ += ')';
  }

  static std::string scalar_literal(const Value& value) {
    switch (value.kind()) {
      case Kind::string:
        return quote(value.as_text());
      case Kind::bytes:
        return quoted_bytes(value.as_text());
      case Kind::unsigned_integer:
        return fmt::format("{}u", value.as_unsigned());
      case Kind::real:
        return literal_real(value.as_real());
      case Kind::timestamp:
        return "timestamp(\"" + format(value.as_timestamp()) + "\")";
      case Kind::duration:
        return "duration(\"" + format_duration(value.as_duration()) + "\")";
      default:
        return scalar_message(value);
    }
  }

  static std::string scalar_message(const Value& value) {
    switch (value.kind()) {
      case Kind::null:
        return "null";
      case Kind::boolean:
        return value.as_boolean() ? "true" : "false";
      case Kind::integer:
        return fmt::format("{}", value.as_integer());
      case Kind::unsigned_integer:
        return fmt::format("{}", value.as_unsigned());
      case Kind::real:
        return format_real(value.as_real());
      case Kind::timestamp:
        return format(value.as_timestamp());
      case Kind::duration:
        return format_duration(value.as_duration());
      case Kind::type:
        return std::string(type_name(value.as_type()));
      case Kind::error:
        return fmt::format("error({})", name(value.error_kind()));
      case Kind::missing:
        return "missing";
      default:
        return std::string(value.as_text());
    }
  }

  TextStyle style_;
  std::size_t max_bytes_;
  std::string text_;
};

}  // namespace

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    quoted += escaped_byte(byte);
  }
  return quoted + '"';
}

std::string to_text(const Value& value, TextStyle style, std::size_t max_bytes) {
  return Printer(style, max_bytes).print(value);
}

}  // namespace kentongan::cel
