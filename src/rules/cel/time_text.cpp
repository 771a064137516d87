// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/time_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace kentongan::cel {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::int64_t first_second = -62'135'596'800;
constexpr std::int64_t last_second = 253'402'300'799;

using std::chrono::days;
using std::chrono::sys_days;

// Reads a text from left to right; every step fails once one has.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool digits(std::size_t count, int& number) {
    if (rest_.size() < count) {
      return false;
    }
    number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') {
        return false;
      }
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }

  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    last_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }

  // Up to nine digits, as billionths.
  bool billionths(std::uint32_t& fraction) {
    std::uint32_t unit = nanoseconds_per_second / 10;
    bool any = false;
    for (int digit = 0; digits(1, digit); any = true, unit /= 10) {
      if (unit == 0) {
        return false;
      }
      fraction += static_cast<std::uint32_t>(digit) * unit;
    }
    return any;
  }

  [[nodiscard]] char last() const { return last_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  char last_ = 0;
};

bool read_date(Reader& reader, std::int64_t& seconds) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!reader.digits(4, year) || !reader.one_of("-") || !reader.digits(2, month) || !reader.one_of("-") ||
      !reader.digits(2, day)) {
    return false;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  seconds = std::int64_t{sys_days(date).time_since_epoch().count()} * 86400;
  return date.ok();
}

bool read_time(Reader& reader, std::int64_t& seconds) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!reader.digits(2, hour) || !reader.one_of(":") || !reader.digits(2, minute) || !reader.one_of(":") ||
      !reader.digits(2, second)) {
    return false;
  }
  seconds += hour * 3600 + minute * 60 + second;
  return hour < 24 && minute < 60 && second < 60;
}

bool read_offset(Reader& reader, std::int64_t& seconds) {
  if (reader.one_of("Zz")) {
    return true;
  }
  if (!reader.one_of("+-")) {
    return false;
  }
  const int sign = reader.last() == '-' ? 1 : -1;
  int hour = 0;
  int minute = 0;
  if (!reader.digits(2, hour) || !reader.one_of(":") || !reader.digits(2, minute)) {
    return false;
  }
  seconds += sign * (hour * 3600 + minute * 60);
  return hour < 24 && minute < 60;
}

std::int64_t unit_in_nanoseconds(std::string_view unit) {
  if (unit == "h") {
    return 3600 * nanoseconds_per_second;
  }
  if (unit == "m") {
    return 60 * nanoseconds_per_second;
  }
  if (unit == "s") {
    return nanoseconds_per_second;
  }
  if (unit == "ms") {
    return 1'000'000;
  }
  return unit == "us" || unit == "\xC2\xB5s" ? 1000 : unit == "ns" ? 1 : 0;
}

// One "1.5h" of a duration, taken off the front; adds to the total, exactly.
bool read_component(std::string_view& text, std::int64_t& total) {
  const std::size_t number_end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, number_end);
  text.remove_prefix(number_end);
  const std::size_t unit_end = std::min(text.find_first_of("0123456789."), text.size());
  std::int64_t scale = unit_in_nanoseconds(text.substr(0, unit_end));
  text.remove_prefix(unit_end);

  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view fraction = point < number.size() ? number.substr(point + 1) : std::string_view();
  if (scale == 0 || (point == 0 && fraction.empty()) || fraction.find('.') != std::string_view::npos) {
    return false;
  }
  std::int64_t whole = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + point, whole);
  std::int64_t nanoseconds = 0;
  if ((point > 0 && parsed.ec != std::errc()) || __builtin_mul_overflow(whole, scale, &nanoseconds) ||
      __builtin_add_overflow(total, nanoseconds, &total)) {
    return false;
  }
  // Digit by digit, so that 0.1h is exact; what is below a nanosecond is cut.
  std::int64_t remainder = 0;
  std::int64_t divisor = 1;
  for (const char digit : fraction.substr(0, 13)) {
    if (divisor > INT64_MAX / 10 / scale) {
      break;
    }
    remainder = remainder * 10 + (digit - '0');
    divisor *= 10;
  }
  return !__builtin_add_overflow(total, remainder * scale / divisor, &total);
}

}  // namespace

bool in_range(Timestamp time) {
  return time.seconds >= first_second && time.seconds <= last_second && time.nanoseconds < nanoseconds_per_second;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Reader reader(text);
  Timestamp time;
  if (!read_date(reader, time.seconds) || !reader.one_of("Tt") || !read_time(reader, time.seconds)) {
    return std::nullopt;
  }
  if (reader.one_of(".") && !reader.billionths(time.nanoseconds)) {
    return std::nullopt;
  }
  if (!read_offset(reader, time.seconds) || !reader.at_end() || !in_range(time)) {
    return std::nullopt;
  }
  return time;
}

std::string format(Timestamp time) {
  std::int64_t day = time.seconds / 86400;
  std::int64_t second = time.seconds % 86400;
  if (second < 0) {
    second += 86400;
    --day;
  }
  const std::chrono::year_month_day date{sys_days(days(day))};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int(date.year()), unsigned(date.month()),
                                 unsigned(date.day()), second / 3600, second / 60 % 60, second % 60);
  if (time.nanoseconds % 1'000'000 == 0) {
    text += time.nanoseconds == 0 ? "" : fmt::format(".{:03}", time.nanoseconds / 1'000'000);
  } else if (time.nanoseconds % 1000 == 0) {
    text += fmt::format(".{:06}", time.nanoseconds / 1000);
  } else {
    text += fmt::format(".{:09}", time.nanoseconds);
  }
  return text + 'Z';
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (text == "0") {
    return 0;
  }
  if (text.empty()) {
    return std::nullopt;
  }
  std::int64_t total = 0;
  while (!text.empty()) {
    if (!read_component(text, total)) {
      return std::nullopt;
    }
  }
  return negative ? -total : total;
}

std::string format_duration(std::int64_t nanoseconds) {
  const std::int64_t seconds = nanoseconds / nanoseconds_per_second;
  const std::int64_t rest = nanoseconds % nanoseconds_per_second;
  std::string text = fmt::format("{}{}", nanoseconds < 0 && seconds == 0 ? "-" : "", seconds);
  if (rest != 0) {
    text += fmt::format(".{:09}", rest < 0 ? -rest : rest);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + 's';
}

std::optional<Timestamp> add(Timestamp time, std::int64_t nanoseconds) {
  std::int64_t fraction = time.nanoseconds + nanoseconds % nanoseconds_per_second;
  std::int64_t seconds = time.seconds + nanoseconds / nanoseconds_per_second;
  if (fraction < 0) {
    fraction += nanoseconds_per_second;
    --seconds;
  }
  seconds += fraction / nanoseconds_per_second;
  const Timestamp sum{seconds, static_cast<std::uint32_t>(fraction % nanoseconds_per_second)};
  return in_range(sum) ? std::optional(sum) : std::nullopt;
}

std::optional<std::int64_t> difference(Timestamp later, Timestamp earlier) {
  const std::int64_t fraction = std::int64_t{later.nanoseconds} - std::int64_t{earlier.nanoseconds};
  std::int64_t total = 0;
  if (__builtin_mul_overflow(later.seconds - earlier.seconds, nanoseconds_per_second, &total) ||
      __builtin_add_overflow(total, fraction, &total)) {
    return std::nullopt;
  }
  return total;
}

}  // namespace kentongan::cel
