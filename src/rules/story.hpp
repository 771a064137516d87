// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/level.hpp"
#include "domain/time.hpp"
#include "domain/words.hpp"

namespace kentongan::rules {

/// One event of an inline test, its `data` already as JSON text (a plain-string reporter made an object).
struct StoryEvent {
  TimePoint at;
  EventType type = EventType::report;
  std::string data_json;
  std::optional<std::string> alert_of;  ///< of an action: the rule whose latest alert it means
  int line = 0;
};

struct Expectation {
  enum class Kind : unsigned char { alert, silent, resolved, risk, score };
  Kind kind = Kind::silent;
  TimePoint at;
  int line = 0;
  Level level = Level::aman;         ///< of alert and risk
  std::optional<std::string> rule;   ///< of alert, silent and resolved; none: the rule in which the story stands
  std::optional<bool> proposed;      ///< of alert
  std::optional<std::string> state;  ///< of alert: firing, acknowledged; of resolved: resolved, expired, withdrawn
  std::optional<std::string> area, scope, message_id, message_en, because;
  std::optional<std::int64_t> count;
  std::optional<std::vector<std::string>> to;
  double approx = 0;  ///< of score
  double within = 0;
};

/// A test written inside a rule.
struct Story {
  std::string name;
  std::string rule;  ///< the rule it stands in
  std::string file;
  int line = 0;
  TimePoint start;
  std::optional<std::string> stage;  ///< replaces the calendar by this stage on all days
  std::vector<StoryEvent> events;
  std::vector<Expectation> expect;  ///< in the order written
};

}  // namespace kentongan::rules
