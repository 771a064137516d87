// SPDX-License-Identifier: Apache-2.0
// getFullYear() getMonth() .. of timestamps, in UTC or a time zone; getHours() .. of durations.
#include <chrono>

#include <date/tz.h>

#include "rules/cel/numbers.hpp"
#include "rules/cel/standard_functions.hpp"

namespace kentongan::cel {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t seconds_per_day = 86400;

// "+07:00", "-02:30", "02:00".
std::optional<std::int64_t> parse_offset(std::string_view zone) {
  const bool negative = zone.starts_with('-');
  if (negative || zone.starts_with('+')) {
    zone.remove_prefix(1);
  }
  if (zone.size() != 5 || zone[2] != ':') {
    return std::nullopt;
  }
  const auto hours = parse_unsigned(zone.substr(0, 2));
  const auto minutes = parse_unsigned(zone.substr(3, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) {
    return std::nullopt;
  }
  const auto seconds = static_cast<std::int64_t>(*hours * 3600 + *minutes * 60);
  return negative ? -seconds : seconds;
}

// Seconds east of UTC at this moment. The tz library throws on unknown names.
std::optional<std::int64_t> offset_at(std::string_view zone, std::int64_t seconds) {
  if (const auto fixed = parse_offset(zone)) {
    return fixed;
  }
  try {
    const date::sys_seconds moment{std::chrono::seconds(seconds)};
    return date::locate_zone(std::string(zone))->get_info(moment).offset.count();
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

struct LocalTime {
  year_month_day date;
  std::int64_t day = 0;  // since 1970-01-01
  std::int64_t second_of_day = 0;
  std::uint32_t nanoseconds = 0;
};

LocalTime local_time(Timestamp time, std::int64_t offset) {
  const std::int64_t seconds = time.seconds + offset;
  LocalTime local;
  local.day = seconds / seconds_per_day;
  local.second_of_day = seconds % seconds_per_day;
  if (local.second_of_day < 0) {
    local.second_of_day += seconds_per_day;
    --local.day;
  }
  local.date = year_month_day(sys_days(days(local.day)));
  local.nanoseconds = time.nanoseconds;
  return local;
}

std::int64_t day_of_year(const LocalTime& local) {
  const sys_days first = local.date.year() / std::chrono::January / 1;
  return local.day - first.time_since_epoch().count();
}

enum class Part : std::uint8_t {
  year,
  month,
  day_of_year,
  day_of_month,
  date,
  day_of_week,
  hours,
  minutes,
  seconds,
  milliseconds
};

std::int64_t part_of(const LocalTime& local, Part part) {
  switch (part) {
    case Part::year:
      return int(local.date.year());
    case Part::month:
      return unsigned(local.date.month()) - 1;
    case Part::day_of_year:
      return day_of_year(local);
    case Part::day_of_month:
      return unsigned(local.date.day()) - 1;
    case Part::date:
      return unsigned(local.date.day());
    case Part::day_of_week:
      return std::chrono::weekday(sys_days(local.date)).c_encoding();
    case Part::hours:
      return local.second_of_day / 3600;
    case Part::minutes:
      return local.second_of_day / 60 % 60;
    case Part::seconds:
      return local.second_of_day % 60;
    case Part::milliseconds:
      return local.nanoseconds / 1'000'000;
  }
  return 0;
}

template <Part part>
Value timestamp_part(CallContext& context) {
  const Timestamp time = context.argument(0).as_timestamp();
  std::int64_t offset = 0;
  if (context.count() > 1) {
    const std::string_view zone = context.argument(1).as_text();
    const auto found = offset_at(zone, time.seconds);
    if (!found) {
      return context.error(EvalErrorKind::invalid_argument, zone);
    }
    offset = *found;
  }
  return Value::integer(part_of(local_time(time, offset), part));
}

template <std::int64_t unit, std::int64_t modulus>
Value duration_part(CallContext& context) {
  const std::int64_t count = context.argument(0).as_duration() / unit;
  return Value::integer(modulus == 0 ? count : count % (modulus == 0 ? 1 : modulus));
}

}  // namespace

void add_time_functions(FunctionTable& table) {
  using enum TypeKind;
  const auto of_timestamps = [&](std::string_view name, Value (*call)(CallContext&)) {
    table.emplace_back(name, standard({member({timestamp}, integer), member({timestamp, string}, integer)}, call));
  };
  const auto of_durations = [&](std::string_view name, Value (*call)(CallContext&)) {
    table.emplace_back(name, standard({member({duration}, integer)}, call));
  };
  of_timestamps("getFullYear", timestamp_part<Part::year>);
  of_timestamps("getMonth", timestamp_part<Part::month>);
  of_timestamps("getDayOfYear", timestamp_part<Part::day_of_year>);
  of_timestamps("getDayOfMonth", timestamp_part<Part::day_of_month>);
  of_timestamps("getDate", timestamp_part<Part::date>);
  of_timestamps("getDayOfWeek", timestamp_part<Part::day_of_week>);
  of_timestamps("getHours", timestamp_part<Part::hours>);
  of_timestamps("getMinutes", timestamp_part<Part::minutes>);
  of_timestamps("getSeconds", timestamp_part<Part::seconds>);
  of_timestamps("getMilliseconds", timestamp_part<Part::milliseconds>);
  of_durations("getHours", duration_part<3'600'000'000'000, 0>);
  of_durations("getMinutes", duration_part<60'000'000'000, 0>);
  of_durations("getSeconds", duration_part<1'000'000'000, 0>);
  of_durations("getMilliseconds", duration_part<1'000'000, 1000>);
}

}  // namespace kentongan::cel
