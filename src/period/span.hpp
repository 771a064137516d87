// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "domain/error.hpp"
#include "domain/time.hpp"

namespace kentongan::period {

/// What a report is about: [from, to), in local days of one zone. Immutable.
class Span {
 public:
  static constexpr std::size_t kMostDays = 3660;

  /// `from` and `to` as written: a day (`to`: with all of it) or a time (`to`: without it). Error::usage names what is
  /// wrong.
  [[nodiscard]] static Result<Span> of(std::string_view from, std::string_view to, const LocalZone& zone);

  [[nodiscard]] bool holds(TimePoint time) const noexcept { return from <= time && time < to; }
  /// The local day of a moment of the span, counted from its first.
  [[nodiscard]] std::size_t day_of(TimePoint time) const;
  [[nodiscard]] LocalDay day(std::size_t number) const { return first_ + std::chrono::days(number); }
  [[nodiscard]] std::size_t days() const noexcept { return days_; }

  TimePoint from, to;
  LocalZone zone;

 private:
  Span(TimePoint begin, TimePoint end, LocalZone where);
  LocalDay first_;
  std::size_t days_;
};

}  // namespace kentongan::period
