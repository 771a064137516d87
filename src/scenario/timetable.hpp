// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "domain/reference.hpp"
#include "domain/time.hpp"

namespace kentongan::scenario {

/// The days of a scenario, counted from voting day: -3 is the first quiet day, 0 the vote, 1 the day after.
/// All cities keep the local time of one zone, whose offset on voting day holds throughout.
class Timetable {
 public:
  /// malang-2024: the regional election of 27 November 2024. `days`: up to voting day and with it.
  Timetable(const Reference& reference, int days);

  [[nodiscard]] int first_day() const noexcept { return first_; }
  [[nodiscard]] static constexpr int last_day() noexcept { return 1; }
  [[nodiscard]] int days() const noexcept { return last_day() - first_ + 1; }
  [[nodiscard]] TimePoint at(int day, Duration since_midnight) const;
  [[nodiscard]] LocalDay date(int day) const { return voting_ + std::chrono::days(day); }
  [[nodiscard]] std::chrono::seconds offset() const noexcept { return offset_; }
  /// Debate days of days.csv within the scenario.
  [[nodiscard]] const std::vector<int>& debates() const noexcept { return debates_; }
  /// 0 is Monday.
  [[nodiscard]] int weekday(int day) const;

  void append_time(std::string& out, TimePoint time) const;

 private:
  LocalDay voting_;
  int first_;
  std::chrono::seconds offset_{0};
  std::vector<int> debates_;
};

}  // namespace kentongan::scenario
