// SPDX-License-Identifier: Apache-2.0
#include "app/explain/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/insight.hpp"
#include "rules/operands_told.hpp"
#include "rules/predicate.hpp"

namespace kentongan::app::explain {
namespace {

using rules::Outcome;

std::string place_of(const rules::Rule& rule, std::size_t part) {
  if (const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block)) {
    return fmt::format("{} {}", sequence->steps[part].negated ? "not step" : "step", part + 1);
  }
  if (std::holds_alternative<rules::AbsenceBlock>(rule.block)) return part == 0 ? "after" : "expect";
  return std::holds_alternative<rules::MemberAbsenceBlock>(rule.block) ? "expect" : "";
}

std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ") {
  std::string all;
  for (const std::string& text : texts) all += all.empty() ? text : std::string(between) + text;
  return all;
}

std::string written(const rules::FieldIn& line) {
  std::vector<std::string> values;
  for (const rules::Literal& literal : line.values) {
    std::visit([&](const auto& one) { values.push_back(fmt::format("{}", one)); }, literal);
  }
  return joined(values);
}

/// Expressions may stand on several lines.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == '\n' || c == '\r' || c == ' ';
    if (space && (line.empty() || line.back() == '\n')) continue;
    line += c == '\r' ? '\n' : c;
  }
  while (line.ends_with('\n')) line.pop_back();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::string name_of_per(const rules::Per& per) {
  constexpr std::array<std::string_view, 6> kNames{"area",        "district",        "city",
                                                   "consignment", "polling_station", "campaign"};
  if (per.kind != rules::PerKind::fields) return std::string(kNames[static_cast<std::size_t>(per.kind)]);
  std::vector<std::string> paths;
  for (const FieldId field : per.fields) paths.emplace_back(spec_of(field).path);
  return joined(paths);
}

/// Holds one condition of a rule against an event.
class Told {
 public:
  Told(const engine::City& city, const Event& event, const rules::Match& match, const engine::Context& context,
       const Speech& speech)
      : city_(city), insight_(city), event_(event), match_(match), context_(context), speech_(speech) {}

  ConditionTold tell(const rules::Condition& condition) {
    for (const rules::Predicate& line : condition.all) tell_line(std::get<rules::FieldIn>(line));
    tell_stages();
    if (condition.when != nullptr) tell_when(*condition.when);
    tell_part();
    return std::move(told_);
  }

 private:
  void add(std::string part, std::string wanted, std::string actual, bool holds) {
    told_.lines.push_back(
        {std::move(part), std::move(wanted), std::move(actual), holds ? Outcome::yes : Outcome::no, {}});
  }

  [[nodiscard]] std::string missing() const { return std::string(speech_("tidak ada", "missing")); }

  [[nodiscard]] std::string value_of(FieldId field) const {
    const FieldValue value = field_value(event_, field, context_.reference());
    if (value.missing()) return missing();
    if (rules::is_private(field)) return "...";
    if (value.kind != FieldValue::Kind::texts) {
      if (value.kind == FieldValue::Kind::time) return speech_.time(value.time);
      return engine::value_text(value, speech_.zone());
    }
    std::vector<std::string> codes;
    for (const PlaceId place : value.places) codes.push_back(context_.reference().place(place).code);
    return joined(codes);
  }

  void tell_line(const rules::FieldIn& line) {
    add(fmt::format("match {}", spec_of(line.field).path), written(line), value_of(line.field),
        rules::holds_by_values(line, event_, context_.reference()));
  }

  void tell_stages() {
    const rules::Rule& rule = context_.rule(match_.rule);
    if (!rule.staged || rules::only_ends(rule, match_.part)) return;
    add("stages", joined(rule.stages), running(), insight_.in_stages(match_.rule, event_));
  }

  /// The stages of the event's day; of a campaign entry of the day on which it starts.
  [[nodiscard]] std::string running() const {
    TimePoint time = insight_.situation().time;
    const auto* campaign = std::get_if<Campaign>(&event_.data);
    if (campaign != nullptr && campaign->starts_at) time = *campaign->starts_at;
    const LocalDay day = speech_.zone().day_of(time);
    std::vector<std::string> names;
    for (const Stage& stage : context_.reference().stages) {
      if (stage.first_day <= day && day <= stage.last_day) names.push_back(stage.name);
    }
    return fmt::format(
        "{}: {}", speech_.day(day),
        names.empty() ? std::string(speech_("di luar semua tahapan", "outside every stage")) : joined(names));
  }

  void tell_when(const rules::When& when) {
    for (const rules::OperandTold& operand : rules::operands_told(when, insight_.situation(), context_.reference())) {
      std::vector<std::string> values;
      for (const auto& one : operand.looked_at) {
        values.push_back(fmt::format("{}: {}", one.name, one.missing ? missing() : one.value));
      }
      told_.lines.push_back({fmt::format("when {}", one_line(operand.text)),
                             {},
                             joined(values),
                             operand.outcome,
                             std::string(speech_(operand.error.id, operand.error.en))});
    }
  }

  /// What an event needs to take part, beside the condition.
  void tell_part() {
    const rules::Rule& rule = context_.rule(match_.rule);
    if (const rules::Per* per = rules::per_of(rule, match_.part)) {
      std::vector<std::string> keys;
      for (const engine::ScopeRef& scope : insight_.scopes(match_, event_)) {
        keys.emplace_back(scope.key(context_.reference()));
      }
      const bool any = !keys.empty();
      add(fmt::format("per {}", name_of_per(*per)), {}, any ? joined(keys) : missing(), any);
    }
    if (const auto* count = std::get_if<rules::CountBlock>(&rule.block); count != nullptr && count->distinct) {
      add(fmt::format("distinct {}", spec_of(*count->distinct).path), {}, value_of(*count->distinct),
          insight_.counts(match_.rule, event_));
    }
    tell_lateness(rule);
  }

  void tell_lateness(const rules::Rule& rule) {
    if (rules::per_of(rule, match_.part) == nullptr || std::holds_alternative<rules::CheckBlock>(rule.block)) return;
    const Duration behind = city_.clock() - event_.time;
    const Duration allowed = context_.options().lateness;
    add("lateness", fmt::format("<= {}", speech_.span(allowed)), speech_.span(behind), behind <= allowed);
  }

  const engine::City& city_;
  engine::Insight insight_;
  const Event& event_;
  rules::Match match_;
  const engine::Context& context_;
  const Speech& speech_;
  ConditionTold told_;
};

}  // namespace

const ConditionLine* ConditionTold::first_failed() const {
  const auto found =
      std::find_if(lines.begin(), lines.end(), [](const ConditionLine& line) { return line.outcome != Outcome::yes; });
  return found == lines.end() ? nullptr : &*found;
}

std::size_t ConditionTold::failed() const {
  return static_cast<std::size_t>(std::count_if(
      lines.begin(), lines.end(), [](const ConditionLine& line) { return line.outcome != Outcome::yes; }));
}

std::vector<ConditionTold> conditions_told(const engine::City& city, const Event& event, RuleIndex index,
                                           const engine::Context& context, const Speech& speech) {
  const rules::Rule& rule = context.rule(index);
  const auto conditions = rules::conditions_of(rule);
  const std::vector<rules::Match> matched = engine::Insight(city).matched();
  std::vector<ConditionTold> all;
  for (std::uint32_t part = 0; part < conditions.size(); ++part) {
    const rules::Match match{index, part};
    ConditionTold told;
    if (conditions[part]->on == event.type()) {
      told = Told(city, event, match, context, speech).tell(*conditions[part]);
      told.asked = true;
      told.satisfied = std::find(matched.begin(), matched.end(), match) != matched.end();
    }
    told.place = place_of(rule, part);
    told.on = conditions[part]->on;
    told.ends = rules::only_ends(rule, part);
    all.push_back(std::move(told));
  }
  return all;
}

std::vector<std::string> conditions_written(const rules::Rule& rule) {
  std::vector<std::string> lines;
  const auto conditions = rules::conditions_of(rule);
  for (std::size_t part = 0; part < conditions.size(); ++part) {
    const std::string place = place_of(rule, part);
    const std::string before = place.empty() ? "" : place + ": ";
    const std::size_t first = lines.size();
    for (const rules::Predicate& predicate : conditions[part]->all) {
      const auto& line = std::get<rules::FieldIn>(predicate);
      lines.push_back(fmt::format("{}match {}: {}", before, spec_of(line.field).path, written(line)));
    }
    if (const rules::When* when = conditions[part]->when.get()) {
      lines.push_back(fmt::format("{}when {}", before, one_line(when->whole.text())));
    }
    if (lines.size() == first) {
      lines.push_back(fmt::format("{}{}", before, word_of(conditions[part]->on)));
    }
  }
  if (rule.staged) lines.push_back(fmt::format("stages: {}", joined(rule.stages)));
  return lines;
}

}  // namespace kentongan::app::explain
