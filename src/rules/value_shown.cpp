// SPDX-License-Identifier: Apache-2.0
#include "rules/value_shown.hpp"

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "rules/cel/value_text.hpp"
#include "rules/situation.hpp"

namespace kentongan::rules {

namespace {

constexpr std::size_t kMostBytes = 65'536;

/// "10 Nov 2024 08:00", local.
std::string local_time(TimePoint time, const LocalZone& zone) {
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = time + zone.offset_at(time);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return fmt::format("{:02} {} {:04} {:02}:{:02}", static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), minutes / 60,
                     minutes % 60);
}

std::string duration_text(std::int64_t nanoseconds) {
  const auto duration = std::chrono::duration_cast<Duration>(std::chrono::nanoseconds(nanoseconds));
  return duration < Duration{0} ? '-' + format_duration(-duration) : format_duration(duration);
}

}  // namespace

std::string shown_value(const cel::Value& value, const LocalZone& zone) {
  switch (value.kind()) {
    case cel::Kind::real:
      return fmt::format("{}", value.as_real());
    case cel::Kind::timestamp:
      return local_time(to_time(value.as_timestamp()), zone);
    case cel::Kind::duration:
      return duration_text(value.as_duration());
    case cel::Kind::list: {
      std::string text;
      const auto elements = value.as_list();
      for (std::size_t i = 0; i < elements.size(); ++i) {
        if (text.size() > kMostBytes) return text + "...";
        text += (i == 0 ? "" : ", ") + shown_value(elements[i], zone);
      }
      return text;
    }
    case cel::Kind::optional:
      return value.as_optional() == nullptr ? "?" : shown_value(*value.as_optional(), zone);
    default:
      return cel::to_text(value, cel::TextStyle::message, kMostBytes);
  }
}

}  // namespace kentongan::rules
