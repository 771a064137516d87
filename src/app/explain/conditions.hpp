// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/explain/speech.hpp"
#include "engine/city.hpp"
#include "rules/evaluator.hpp"
#include "rules/rule.hpp"

namespace kentongan::app::explain {

/// One thing that a rule asks of an event, and what the event says.
struct ConditionLine {
  std::string part;    ///< "match category", "when severity >= 4", "stages", "per", "distinct", "lateness"
  std::string wanted;  ///< empty where `part` says it
  std::string actual;
  rules::Outcome outcome = rules::Outcome::no;
  std::string error;  ///< of one that failed
};

/// One of the conditions of a rule (rules::conditions_of) held against an event.
struct ConditionTold {
  std::string place;  ///< "step 2", "after", "expect"; empty where a rule has one condition
  EventType on = EventType::report;
  bool asked = false;      ///< the event is of that type; else there are no lines
  bool satisfied = false;  ///< as the engine found
  bool ends = false;       ///< it prevents or ends: `expect`, a `not` step
  std::vector<ConditionLine> lines;

  /// The first line that does not hold; null: all do.
  [[nodiscard]] const ConditionLine* first_failed() const;
  [[nodiscard]] std::size_t failed() const;
};

/// To be called while the engine shows the event (Options::watch, Options::fired).
[[nodiscard]] std::vector<ConditionTold> conditions_told(const engine::City& city, const Event& event, RuleIndex rule,
                                                         const engine::Context& context, const Speech& speech);

/// What the lines of a condition ask for, without an event: "match category: hoax, intimidation".
[[nodiscard]] std::vector<std::string> conditions_written(const rules::Rule& rule);

}  // namespace kentongan::app::explain
