// SPDX-License-Identifier: Apache-2.0
#include "scenario/timetable.hpp"

namespace kentongan::scenario {
namespace {

constexpr LocalDay kVoting{std::chrono::year(2024) / 11 / 27};

void append_digits(std::string& out, unsigned value, int digits) {
  for (unsigned power = digits == 4 ? 1000 : digits == 3 ? 100 : 10; power > 0; power /= 10) {
    out += static_cast<char>('0' + value / power % 10);
  }
}

void append_date(std::string& out, LocalDay day) {
  const std::chrono::year_month_day date(day);
  append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += '-';
  append_digits(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_digits(out, static_cast<unsigned>(date.day()), 2);
}

void append_offset(std::string& out, std::chrono::seconds offset) {
  const auto minutes = static_cast<unsigned>(std::abs(offset.count()) / 60);
  out += offset.count() < 0 ? '-' : '+';
  append_digits(out, minutes / 60, 2);
  out += ':';
  append_digits(out, minutes % 60, 2);
}

}  // namespace

Timetable::Timetable(const Reference& reference, int days) : voting_(kVoting), first_(1 - days) {
  if (!reference.cities.empty()) {
    if (const auto& zone = reference.place(reference.cities.front()).zone)
      offset_ = zone->offset_at(zone->moment(voting_));
  }
  for (const SpecialDay& day : reference.days) {
    const auto number = static_cast<int>((day.day - voting_).count());
    if (day.kind == "debate" && number >= first_ && number < 0) debates_.push_back(number);
  }
}

TimePoint Timetable::at(int day, Duration since_midnight) const {
  return TimePoint(Duration(date(day).time_since_epoch()) + since_midnight - offset_);
}

int Timetable::weekday(int day) const { return static_cast<int>(std::chrono::weekday(date(day)).iso_encoding()) - 1; }

void Timetable::append_time(std::string& out, TimePoint time) const {
  const auto local = time.time_since_epoch() + offset_;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto since = static_cast<unsigned>((local - day).count());
  append_date(out, LocalDay(day));
  out += 'T';
  append_digits(out, since / 3'600'000, 2);
  out += ':';
  append_digits(out, since / 60'000 % 60, 2);
  out += ':';
  append_digits(out, since / 1000 % 60, 2);
  if (since % 1000 != 0) {
    out += '.';
    append_digits(out, since % 1000, 3);
  }
  append_offset(out, offset_);
}

}  // namespace kentongan::scenario
