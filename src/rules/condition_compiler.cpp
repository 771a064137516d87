// SPDX-License-Identifier: Apache-2.0
#include "rules/condition_compiler.hpp"

#include "rules/match_block.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

std::optional<EventType> read_event_type(Findings& findings, const Node* on) {
  if (on == nullptr) return EventType::report;
  const auto& words = Words<EventType>::list;
  const auto word = read_word(findings, *on, "`on`", {words.begin(), words.end()}, "unknown-event");
  return word ? std::optional(static_cast<EventType>(*word)) : std::nullopt;
}

/// `when` is refused by the tables of keys as yet.
Condition compile_condition(SetContext& context, Findings& findings, EventType on, const Node* match,
                            [[maybe_unused]] const Node* when) {
  Condition condition;
  condition.on = on;
  if (match != nullptr) condition.all = compile_match(context, findings, *match, on);
  return condition;
}

}  // namespace kentongan::rules
