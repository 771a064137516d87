// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/time.hpp"
#include "scenario/timetable.hpp"

namespace kentongan::scenario {

/// What is known about a story, for whoever judges the alerts. Ids of a story's events are the story, a dot
/// and a running number.
struct Label {
  std::string story;  ///< unique in the file
  std::string kind;
  std::vector<std::string> areas;  ///< codes; a city-wide one has the city's
  std::vector<std::string> keys;   ///< of scopes (consignment, pair of campaigns, AREA/TPS); empty: any in `areas`
  std::vector<std::string> rules;  ///< any of them counts; of silence: none of them may fire
  TimePoint from;                  ///< the first symptom
  TimePoint expected_by;           ///< the alert is late after it
  std::optional<TimePoint> taken_back_by;  ///< and by then it must have ended
  bool must_alert = true;                  ///< false: silence
};

/// The first line of a labels file.
struct LabelHead {
  std::string scenario;
  std::uint64_t seed = 0;
  std::uint64_t cities = 0;
  std::uint64_t areas = 0;
  int days = 0;
};

/// A line without LF each.
[[nodiscard]] std::string to_line(const LabelHead& head);
[[nodiscard]] std::string to_line(const Label& label, const Timetable& timetable);

}  // namespace kentongan::scenario
