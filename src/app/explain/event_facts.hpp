// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/explain/speech.hpp"
#include "domain/event.hpp"

namespace kentongan::app::explain {

/// What an event says, without free text and without persons: words, codes, numbers, times.
struct EventFacts {
  std::string id, source;
  EventType type = EventType::report;
  TimePoint time;
  std::vector<std::string> areas;                          ///< codes
  std::vector<std::pair<std::string, std::string>> facts;  ///< field path, value; times in RFC 3339
};

[[nodiscard]] EventFacts facts_of(const Event& event, const Reference& reference);

/// "r-1, report, 10 Nov 2024 13:00, Kiduldalem (35.73.02.1004): category intimidation, severity 3".
[[nodiscard]] std::string facts_line(const EventFacts& facts, const Speech& speech);
void append_facts(std::string& json, const EventFacts& facts, const Speech& speech);

}  // namespace kentongan::app::explain
