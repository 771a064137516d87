// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/explain/event_report.hpp"
#include "app/explain/held_sentence.hpp"
#include "app/explain/rule_words.hpp"
#include "codec/json_append.hpp"
#include "codec/writer.hpp"

namespace kentongan::app::explain {
namespace {

using codec::ObjectWriter;

std::string_view name_of(rules::Outcome outcome) {
  if (outcome == rules::Outcome::yes) return "yes";
  return outcome == rules::Outcome::no ? "no" : "error";
}

void append_line(std::string& json, const ConditionLine& line) {
  ObjectWriter object(json);
  object.text("part", line.part);
  object.text("outcome", name_of(line.outcome));
  if (!line.wanted.empty()) object.text("wanted", line.wanted);
  object.text("actual", line.actual);
  if (!line.error.empty()) object.text("error", line.error);
}

void append_rule(std::string& json, const RuleTold& told, const rules::RiskModel& risk, const Speech& speech) {
  ObjectWriter object(json);
  object.text("rule", told.rule->id.value());
  object.text("title", title_of(*told.rule, speech));
  object.text("kind", kind_of(*told.rule));
  object.text("group", name_of(told.nearness));
  object.text("outcome", name_of(told.outcome));
  append_conditions(object.key("conditions"), told.conditions);
  codec::append_list(object.key("holds"), told.holdings, [&](std::string& out, const engine::Holding& holding) {
    append_holding(out, holding, held_sentence(*told.rule, risk, holding, speech), speech);
  });
  codec::append_list(object.key("steps"), told.steps, [](std::string& out, const AlertStep& step) {
    ObjectWriter one(out);
    one.text("alert", step.alert.value());
    one.text("step", kentongan::name_of(step.step));
    one.text("level", kentongan::name_of(step.level));
  });
}

}  // namespace

void append_conditions(std::string& json, const std::vector<ConditionTold>& conditions) {
  codec::append_list(json, conditions, [](std::string& out, const ConditionTold& condition) {
    ObjectWriter object(out);
    if (!condition.place.empty()) object.text("place", condition.place);
    object.text("on", kentongan::word_of(condition.on));
    object.boolean("satisfied", condition.satisfied);
    if (const ConditionLine* failed = condition.asked ? condition.first_failed() : nullptr) {
      object.text("first_failed", failed->part);
    }
    codec::append_list(object.key("lines"), condition.lines, append_line);
  });
}

void append_holding(std::string& json, const engine::Holding& holding, const std::string& sentence,
                    const Speech& speech) {
  const auto time = [&](TimePoint moment) { return format_rfc3339(moment, speech.zone().offset_at(moment)); };
  ObjectWriter object(json);
  {
    ObjectWriter scope(object.key("scope"));
    scope.text("kind", kentongan::name_of(holding.scope.kind));
    scope.text("key", holding.scope.key);
  }
  object.text("clock", time(holding.clock));
  object.boolean("enough", holding.enough);
  object.integer("count", holding.size.count);
  object.integer("distinct", holding.size.distinct);
  codec::append_list(object.key("events"), holding.events, [&](std::string& out, const engine::HeldEvent& event) {
    ObjectWriter one(out);
    one.text("id", event.id);
    one.text("source", event.source);
    one.text("time", time(event.time));
    one.text("area", speech.reference().place(event.area).code);
  });
  if (const auto* risk = std::get_if<engine::RiskHeld>(&holding.more)) {
    object.number("score", risk->score);
    object.text("level", kentongan::name_of(risk->level));
    object.integer("reporters", risk->reporters);
    codec::append_list(object.key("contributions"), risk->contributions,
                       [](std::string& out, const Contribution& contribution) {
                         ObjectWriter one(out);
                         one.text("event", contribution.event);
                         one.text("rule", contribution.rule);
                         one.number("weight", contribution.weight);
                       });
  }
  if (holding.open) object.text("alert", holding.open->alert.value());
  object.text("sentence", sentence);
}

std::string event_json(const EventTold& event, const rules::RiskModel& risk, const Speech& speech) {
  std::string json;
  {
    ObjectWriter object(json);
    append_facts(object.key("event"), event.facts, speech);
    object.text("verdict", event.late ? "late" : "applied");
    object.boolean("judged", event.judged);
    codec::append_list(object.key("rules"), event.rules,
                       [&](std::string& out, const RuleTold& told) { append_rule(out, told, risk, speech); });
  }
  return json + '\n';
}

}  // namespace kentongan::app::explain
