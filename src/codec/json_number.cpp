// SPDX-License-Identifier: Apache-2.0
#include "codec/json_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace kentongan::codec {

namespace {

constexpr std::int64_t kExponentCap = 1'000'000'000'000;

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

/// |value| = 0.d1d2d3... * 10^point, d1 not 0, where the d are the digits of `mantissa` from `first` to `last`.
struct Decimal {
  std::string_view mantissa;  ///< digits and at most one point
  std::size_t first = 0;      ///< the first digit that is not zero
  std::size_t last = 0;       ///< behind the last one that is not zero
  std::int64_t point = 0;
  bool zero = true;
  bool negative = false;
};

std::int64_t read_exponent(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  std::int64_t value = 0;
  for (const char c : text) {
    if (is_digit(c)) value = std::min(kExponentCap, value * 10 + (c - '0'));
  }
  return negative ? -value : value;
}

Decimal read_decimal(std::string_view literal) {
  Decimal decimal;
  if (literal.front() == '-') {
    decimal.negative = true;
    literal.remove_prefix(1);
  }
  const std::size_t e = literal.find_first_of("eE");
  decimal.mantissa = literal.substr(0, e);
  const std::int64_t exponent = e == std::string_view::npos ? 0 : read_exponent(literal.substr(e + 1));
  const std::size_t first = decimal.mantissa.find_first_not_of("0.");
  if (first == std::string_view::npos) return decimal;
  decimal.zero = false;
  decimal.first = first;
  decimal.last = decimal.mantissa.find_last_not_of("0.") + 1;
  const auto dot = static_cast<std::int64_t>(std::min(decimal.mantissa.find('.'), decimal.mantissa.size()));
  const auto begin = static_cast<std::int64_t>(first);
  decimal.point = exponent + (begin < dot ? dot - begin : dot + 1 - begin);
  return decimal;
}

}  // namespace

std::optional<WholeNumber> whole_number(std::string_view literal) {
  const Decimal decimal = read_decimal(literal);
  WholeNumber number;
  number.negative = decimal.negative;
  if (decimal.zero) {
    number.digits[number.size++] = '0';
    return number;
  }
  if (decimal.point < 1 || decimal.point > static_cast<std::int64_t>(sizeof number.digits)) return std::nullopt;
  for (std::size_t i = decimal.first; i < decimal.last; ++i) {
    if (decimal.mantissa[i] == '.') continue;
    if (number.size == decimal.point) return std::nullopt;
    number.digits[number.size++] = decimal.mantissa[i];
  }
  while (number.size < decimal.point) number.digits[number.size++] = '0';
  return number;
}

std::optional<std::int64_t> to_integer(std::string_view literal) {
  const auto number = whole_number(literal);
  if (!number) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : number->text()) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (number->negative) {
    if (value > kMax + 1) return std::nullopt;
    return static_cast<std::int64_t>(0 - value);
  }
  if (value > kMax) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

double to_double(std::string_view literal) {
  double value = 0;
  const auto end = literal.data() + literal.size();
  if (std::from_chars(literal.data(), end, value).ec == std::errc{}) return value;
  if (!exceeds_double(literal)) return 0;
  const double infinity = std::numeric_limits<double>::infinity();
  return literal.front() == '-' ? -infinity : infinity;
}

bool exceeds_double(std::string_view literal) {
  const Decimal decimal = read_decimal(literal);
  if (decimal.zero || decimal.point <= 308) return false;
  if (decimal.point > 309) return true;
  double value = 0;
  const auto result = std::from_chars(literal.data(), literal.data() + literal.size(), value);
  return result.ec != std::errc{} || std::isinf(value);
}

}  // namespace kentongan::codec
