// SPDX-License-Identifier: Apache-2.0
// text.format(list): %s %d %f %e %b %o %x %X %%, and a precision as in %.2f.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rules/cel/numbers.hpp"
#include "rules/cel/standard_functions.hpp"
#include "rules/cel/value_text.hpp"

namespace kentongan::cel {
namespace {

constexpr int default_precision = 6;
constexpr int largest_precision = 100;

using Formatted = std::optional<std::string>;  // nothing: not a value for this clause

Formatted format_string(const Value& value, std::size_t max_bytes) {
  return to_text(value, TextStyle::message, max_bytes);
}

Formatted format_decimal(const Value& value) {
  if (!value.is_number()) {
    return std::nullopt;
  }
  return to_text(value, TextStyle::message);
}

Formatted format_floating(const Value& value, char conversion, int precision) {
  double number = 0;
  switch (value.kind()) {
    case Kind::integer:
      number = static_cast<double>(value.as_integer());
      break;
    case Kind::unsigned_integer:
      number = static_cast<double>(value.as_unsigned());
      break;
    case Kind::real:
      number = value.as_real();
      break;
    default:
      return std::nullopt;
  }
  if (!std::isfinite(number)) {
    return format_real(number);
  }
  return conversion == 'f' ? fmt::format("{:.{}f}", number, precision) : fmt::format("{:.{}e}", number, precision);
}

std::string in_base(std::uint64_t number, char conversion) {
  switch (conversion) {
    case 'b':
      return fmt::format("{:b}", number);
    case 'o':
      return fmt::format("{:o}", number);
    case 'x':
      return fmt::format("{:x}", number);
    default:
      return fmt::format("{:X}", number);
  }
}

Formatted format_whole(const Value& value, char conversion) {
  if (value.is(Kind::unsigned_integer)) {
    return in_base(value.as_unsigned(), conversion);
  }
  if (!value.is(Kind::integer)) {
    return std::nullopt;
  }
  const auto bits = static_cast<std::uint64_t>(value.as_integer());
  return value.as_integer() < 0 ? '-' + in_base(0 - bits, conversion) : in_base(bits, conversion);
}

Formatted format_hex(const Value& value, char conversion) {
  if (!value.is(Kind::string) && !value.is(Kind::bytes)) {
    return format_whole(value, conversion);
  }
  const std::string_view digits = conversion == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string text;
  for (const char octet : value.as_text()) {
    const auto code = static_cast<unsigned char>(octet);
    text += digits[code >> 4U];
    text += digits[code & 0x0FU];
  }
  return text;
}

struct Clause {
  char conversion = 0;
  int precision = default_precision;
};

Formatted format_clause(const Clause& clause, const Value& value, std::size_t max_bytes) {
  switch (clause.conversion) {
    case 's':
      return format_string(value, max_bytes);
    case 'd':
      return format_decimal(value);
    case 'f':
    case 'e':
      return format_floating(value, clause.conversion, clause.precision);
    case 'b':
      if (value.is(Kind::boolean)) {
        return value.as_boolean() ? "1" : "0";
      }
      return format_whole(value, 'b');
    case 'o':
      return format_whole(value, 'o');
    case 'x':
    case 'X':
      return format_hex(value, clause.conversion);
    default:
      return std::nullopt;
  }
}

// The clause behind a percent sign; moves `at` behind it.
std::optional<Clause> read_clause(std::string_view text, std::size_t& at) {
  Clause clause;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    const auto precision = parse_unsigned(text.substr(at + 1, end - at - 1));
    if (end == std::string_view::npos || !precision || *precision > largest_precision) {
      return std::nullopt;
    }
    clause.precision = static_cast<int>(*precision);
    at = end;
  }
  if (at >= text.size()) {
    return std::nullopt;
  }
  clause.conversion = text[at++];
  return clause;
}

Value fail(CallContext& context, std::string_view what) { return context.error(EvalErrorKind::invalid_argument, what); }

Value format_text(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  const auto values = context.argument(1).as_list();
  std::string result;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t percent = std::min(text.find('%', at), text.size());
    result += text.substr(at, percent - at);
    at = percent + 1;
    if (percent == text.size()) {
      break;
    }
    if (at < text.size() && text[at] == '%') {
      result += '%';
      ++at;
      continue;
    }
    const auto clause = read_clause(text, at);
    if (!clause) {
      return fail(context, "a broken clause in the format");
    }
    if (used == values.size()) {
      return fail(context, "the format has more clauses than values");
    }
    const std::size_t left = context.arena.left();
    const auto formatted = format_clause(*clause, values[used++], left);
    if (!formatted) {
      return fail(context, "a clause of the format does not fit its value");
    }
    result += *formatted;
    if (result.size() > left || !context.budget.charge_walk(formatted->size())) {
      return context.out_of_memory();
    }
  }
  return context.make_string(result);
}

}  // namespace

void add_format_function(FunctionTable& table) {
  using enum TypeKind;
  table.emplace_back("format", standard({member({string, Type::list({})}, string)}, format_text));
}

}  // namespace kentongan::cel
