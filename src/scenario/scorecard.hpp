// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "scenario/label.hpp"

namespace kentongan::scenario {

struct KindScore {
  std::string kind;
  bool must_alert = true;
  std::uint64_t stories = 0;
  std::uint64_t found = 0;          ///< alerted, or silent where silence was wanted; late ones too
  std::uint64_t late = 0;           ///< found, but after expected_by
  std::vector<std::string> missed;  ///< names of stories
  std::vector<double> hours;        ///< from first symptom to alert, sorted; empty for silence
};

struct Scorecard {
  LabelHead head;
  std::vector<KindScore> kinds;  ///< by name
  std::uint64_t episodes = 0;    ///< fired, shadow ones left out
  std::uint64_t false_alarms = 0;
  std::map<std::string, std::uint64_t> false_by_rule;

  [[nodiscard]] std::uint64_t missed() const;
  /// Of 1,000 area-days; 0 where the labels tell of none.
  [[nodiscard]] double false_alarm_rate() const;
};

/// 0 where there are none; of an even number the mean of the two in the middle.
[[nodiscard]] double median(const std::vector<double>& sorted);

/// A table for people, with LF at the end.
[[nodiscard]] std::string to_text(const Scorecard& card);
/// One JSON object without LF; docs/reference/scenario.md has its shape.
[[nodiscard]] std::string to_json(const Scorecard& card);

}  // namespace kentongan::scenario
