// SPDX-License-Identifier: Apache-2.0
#include "domain/time.hpp"

#include "domain/time_fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kentongan {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;

/// Reads fixed-width fields from the front of a text; once something does not fit, it stays failed.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  int digits(std::size_t count) {
    if (rest_.size() < count) return fail();
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = rest_[i];
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  char one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) {
      fail();
      return '\0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  [[nodiscard]] bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  [[nodiscard]] bool next_is_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

 private:
  int fail() {
    ok_ = false;
    return 0;
  }
  std::string_view rest_;
  bool ok_ = true;
};

/// What is wrong with a text that should be a time or a day.
enum class Fault : unsigned char { none, shape, day, clock, no_offset, offset, range };

/// Year 0 is none: a time in it could not be written at every offset.
Fault read_day(Cursor& cursor, LocalDay& read) {
  const int year = cursor.digits(4);
  cursor.one_of("-");
  const int month = cursor.digits(2);
  cursor.one_of("-");
  const int day = cursor.digits(2);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!cursor.ok()) return Fault::shape;
  if (!date.ok() || year == 0) return Fault::day;
  read = LocalDay{date};
  return Fault::none;
}

int read_milliseconds(Cursor& cursor) {
  int value = 0;
  int scale = 100;
  do {
    value += cursor.digits(1) * scale;
    scale /= 10;
  } while (cursor.ok() && cursor.next_is_digit());
  return value;
}

/// Seconds east of UTC, to the end of the text.
Fault read_offset(Cursor& cursor, seconds& east) {
  if (cursor.finished()) return Fault::no_offset;
  const char sign = cursor.one_of("Zz+-");
  const bool zulu = sign == 'Z' || sign == 'z';
  int hours = 0;
  int minutes = 0;
  if (!zulu) {
    hours = cursor.digits(2);
    cursor.one_of(":");
    minutes = cursor.digits(2);
  }
  if (!cursor.finished()) return Fault::shape;
  if (hours > 23 || minutes > 59) return Fault::offset;
  const seconds offset{hours * 3600 + minutes * 60};
  east = sign == '-' ? -offset : offset;
  return Fault::none;
}

/// Outputs are written at the offset of a city: each moment has a year of four digits at all that there are.
constexpr std::chrono::hours kWidestOffset{14};
constexpr TimePoint kEarliest = std::chrono::sys_days{std::chrono::year{1} / std::chrono::January / 1} + kWidestOffset;
constexpr TimePoint kBehindLatest =
    std::chrono::sys_days{std::chrono::year{10000} / std::chrono::January / 1} - kWidestOffset;

Fault read_time(std::string_view text, TimePoint& time) {
  Cursor cursor(text);
  LocalDay day;
  if (const Fault fault = read_day(cursor, day); fault != Fault::none) return fault;
  cursor.one_of("Tt");
  const int hour = cursor.digits(2);
  cursor.one_of(":");
  const int minute = cursor.digits(2);
  cursor.one_of(":");
  int second = cursor.digits(2);
  int millis = 0;
  if (cursor.next_is('.')) {
    cursor.one_of(".");
    millis = read_milliseconds(cursor);
  }
  if (!cursor.ok()) return Fault::shape;
  if (hour > 23 || minute > 59 || second > 60) return Fault::clock;
  seconds east{0};
  if (const Fault fault = read_offset(cursor, east); fault != Fault::none) return fault;
  if (second == 60) {
    second = 59;
    millis = 999;
  }
  const Duration clock{(hour * 3600 + minute * 60 + second) * 1000 + millis};
  time = TimePoint{day.time_since_epoch() + clock - east};
  return time < kEarliest || time >= kBehindLatest ? Fault::range : Fault::none;
}

std::string_view describe(Fault fault) {
  switch (fault) {
    case Fault::none:
    case Fault::shape:
      return {};
    case Fault::day:
      return "names a day that does not exist";
    case Fault::clock:
      return "names a time of day that does not exist";
    case Fault::no_offset:
      return "has no offset at its end (+07:00, or Z for UTC)";
    case Fault::offset:
      return "has an offset that does not exist (hours go to 23, minutes to 59)";
    case Fault::range:
      return "lies outside the years 0001 to 9999, at UTC or at an offset of up to 14 hours";
  }
  return {};
}

}  // namespace

std::optional<TimePoint> parse_rfc3339(std::string_view text) {
  TimePoint time;
  return read_time(text, time) == Fault::none ? std::optional(time) : std::nullopt;
}

std::string_view fault_of_time(std::string_view text) {
  TimePoint time;
  return describe(read_time(text, time));
}

std::optional<LocalDay> parse_day(std::string_view text) {
  Cursor cursor(text);
  LocalDay day;
  return read_day(cursor, day) == Fault::none && cursor.finished() ? std::optional(day) : std::nullopt;
}

std::string_view fault_of_day(std::string_view text) {
  Cursor cursor(text);
  LocalDay day;
  return describe(read_day(cursor, day));
}

namespace {
/// Two digits of a number below a hundred. An alert holds several times, and fmt takes twenty times as long for one.
char* put_two(char* at, std::int64_t number) {
  *at++ = static_cast<char>('0' + number / 10);
  *at++ = static_cast<char>('0' + number % 10);
  return at;
}
}  // namespace

std::string format_day(LocalDay day) {
  const std::chrono::year_month_day date{day};
  const auto year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month());
  const auto in_month = static_cast<unsigned>(date.day());
  if (year < 0 || year > 9999) return fmt::format("{:04}-{:02}-{:02}", year, month, in_month);
  std::array<char, 10> text;
  char* at = put_two(put_two(text.data(), year / 100), year % 100);
  *at++ = '-';
  at = put_two(at, month);
  *at++ = '-';
  at = put_two(at, in_month);
  return {text.data(), at};
}

std::string format_rfc3339(TimePoint time, seconds offset) {
  const auto local = time.time_since_epoch() + offset;
  const auto day = floor<days>(local);
  const auto millis = (local - day).count();
  const auto s = millis / 1000;
  std::array<char, 32> rest;
  char* at = rest.data();
  *at++ = 'T';
  at = put_two(at, s / 3600);
  *at++ = ':';
  at = put_two(at, s / 60 % 60);
  *at++ = ':';
  at = put_two(at, s % 60);
  if (const auto fraction = millis % 1000; fraction != 0) {
    *at++ = '.';
    *at++ = static_cast<char>('0' + fraction / 100);
    at = put_two(at, fraction % 100);
  }
  if (offset.count() == 0) {
    *at++ = 'Z';
  } else {
    const auto minutes = std::abs(offset.count()) / 60;
    *at++ = offset.count() < 0 ? '-' : '+';
    at = put_two(at, minutes / 60);
    *at++ = ':';
    at = put_two(at, minutes % 60);
  }
  return format_day(LocalDay{day}).append(rest.data(), at);
}

namespace {
struct Unit {
  char letter;
  std::int64_t seconds;
};
constexpr std::array<Unit, 5> kUnits{{{'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
constexpr std::int64_t kLongestSeconds = 3660LL * 86400;  // about ten years, far from any overflow
}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  auto unit = kUnits.begin();
  while (!text.empty()) {
    std::int64_t amount = 0;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
      if (digits == 10) return std::nullopt;
      amount = amount * 10 + (text[digits] - '0');
      ++digits;
    }
    if (digits == 0 || digits == text.size()) return std::nullopt;
    unit = std::find_if(unit, kUnits.end(), [&](const Unit& u) { return u.letter == text[digits]; });
    if (unit == kUnits.end() || amount > kLongestSeconds) return std::nullopt;
    total += amount * unit->seconds;
    if (total > kLongestSeconds) return std::nullopt;
    ++unit;
    text.remove_prefix(digits + 1);
  }
  return Duration{total * 1000};
}

std::string format_duration(Duration duration) {
  std::int64_t rest = duration.count() / 1000;
  if (rest == 0) return "0s";
  std::string text;
  for (const Unit& unit : kUnits) {
    // Weeks only where they say it all: people think of ten days, not of a week and three days.
    if (unit.letter == 'w' && rest % unit.seconds != 0) continue;
    if (const auto amount = rest / unit.seconds; amount != 0) {
      text += fmt::format("{}{}", amount, unit.letter);
      rest -= amount * unit.seconds;
    }
  }
  return text;
}

LocalZone::LocalZone(std::string name, std::vector<Transition> transitions)
    : name_(std::move(name)), transitions_(std::move(transitions)) {}

seconds LocalZone::offset_at(TimePoint time) const noexcept {
  if (transitions_.empty()) return seconds{0};
  const auto after = std::upper_bound(transitions_.begin(), transitions_.end(), time,
                                      [](TimePoint t, const Transition& transition) { return t < transition.from; });
  return after == transitions_.begin() ? after->offset : std::prev(after)->offset;
}

LocalDay LocalZone::day_of(TimePoint time) const noexcept {
  return LocalDay{floor<days>(time.time_since_epoch() + offset_at(time))};
}

TimePoint LocalZone::moment(LocalDay day, Duration since_midnight) const noexcept {
  const Duration wall = day.time_since_epoch() + since_midnight;
  // The offset depends on the moment that is looked for; where it changes near by, the second guess holds.
  const TimePoint guess{wall - offset_at(TimePoint{wall})};
  return TimePoint{wall - offset_at(guess)};
}

}  // namespace kentongan
