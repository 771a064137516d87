// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/numbers.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace kentongan::cel {
namespace {

constexpr double two_to_63 = 9223372036854775808.0;
constexpr double two_to_64 = 18446744073709551616.0;

template <class Number>
std::optional<Number> parse_whole(std::string_view text, int base) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::string_view without_plus(std::string_view text) {
  const bool signed_once = text.size() > 1 && text[0] == '+' && text[1] != '-';
  return signed_once ? text.substr(1) : text;
}

// Of a number that does not fit: is it too small, rather than too large?
bool is_tiny(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos && exponent + 1 < text.size()) {
    return text[exponent + 1] == '-';
  }
  return text.find_first_not_of("-0") != std::string_view::npos && text[text.find_first_not_of("-0")] == '.';
}

}  // namespace

bool whole_number(double number, Value& whole) {
  if (!(number >= -two_to_63 && number < two_to_64) || std::trunc(number) != number) {
    return false;
  }
  whole = number < two_to_63 ? Value::integer(static_cast<std::int64_t>(number))
                             : Value::unsigned_integer(static_cast<std::uint64_t>(number));
  return true;
}

std::optional<std::int64_t> truncate_to_integer(double number) {
  if (number > -two_to_63 && number < two_to_63) {
    return static_cast<std::int64_t>(number);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> truncate_to_unsigned(double number) {
  if (number >= 0 && number < two_to_64) {
    return static_cast<std::uint64_t>(number);
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text, int base) {
  return parse_whole<std::int64_t>(without_plus(text), base);
}

std::optional<std::uint64_t> parse_unsigned(std::string_view text, int base) {
  return parse_whole<std::uint64_t>(text, base);
}

std::optional<double> parse_real(std::string_view text) {
  text = without_plus(text);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size()) {
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range && is_tiny(text)) {
    return text.front() == '-' ? -0.0 : 0.0;
  }
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

std::string format_real(double number) {
  if (std::isnan(number)) {
    return "NaN";
  }
  if (std::isinf(number)) {
    return number < 0 ? "-Infinity" : "Infinity";
  }
  const double size = std::abs(number);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                          plain ? std::chars_format::fixed : std::chars_format::scientific);
  return {buffer.data(), end};
}

}  // namespace kentongan::cel
