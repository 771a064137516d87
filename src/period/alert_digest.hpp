// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/output.hpp"
#include "period/figures.hpp"
#include "period/span.hpp"

namespace kentongan::period {

/// Counts the steps of alerts up to the end of a span, in the order in which they were written. An alert that fired
/// before the span is followed from there on. Memory grows with the alerts that are open. Not thread-safe; reference,
/// span and figures outlive it.
class AlertDigest {
 public:
  /// The family of a rule: the name of its file without path and ending; empty: unknown.
  using FamilyOf = std::function<std::string(std::string_view rule)>;

  AlertDigest(const Reference& reference, const Span& span, Figures& figures, FamilyOf family_of);

  /// `symptom`: of `fired`, the time of the earliest event behind it, where it is known.
  void take(const AlertStep& step, TimePoint time, std::optional<TimePoint> symptom);
  void finish();

 private:
  struct Open {
    std::string family;
    std::optional<PlaceId> place;
    TimePoint since;
    Level level = Level::aman;
    bool inside = false;  ///< it fired in the span
    bool answered = false, escalated = false, pair = false;
  };

  void begin(const AlertStep& step, TimePoint time, std::optional<TimePoint> symptom);
  void go_on(Open& open, const AlertStep& step, TimePoint time);
  void end(const Open& open, const AlertStep& step, TimePoint time);
  void count_level(const Open& open, Count change);

  const Reference& reference_;
  const Span& span_;
  Figures& figures_;
  FamilyOf family_of_;
  std::map<std::string, Open> open_;
};

}  // namespace kentongan::period
