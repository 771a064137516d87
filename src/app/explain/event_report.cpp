// SPDX-License-Identifier: Apache-2.0
#include "app/explain/event_report.hpp"

#include <fmt/format.h>

#include "app/explain/held_sentence.hpp"
#include "app/explain/rule_words.hpp"
#include "codec/json_append.hpp"
#include "codec/writer.hpp"

namespace kentongan::app::explain {
namespace {

template <class... Arguments>
std::string say(const Speech& speech, std::string_view indonesian, std::string_view english,
                const Arguments&... arguments) {
  return fmt::format(fmt::runtime(speech(indonesian, english)), arguments...);
}

/// The first line that fails of the condition that came nearest.
const ConditionLine* first_failed(const std::vector<ConditionTold>& conditions) {
  const ConditionTold* nearest = nullptr;
  for (const ConditionTold& one : conditions) {
    if (!one.asked || one.first_failed() == nullptr) continue;
    if (nearest == nullptr || one.failed() < nearest->failed()) nearest = &one;
  }
  return nearest == nullptr ? nullptr : nearest->first_failed();
}

std::string line_text(const ConditionLine& line) {
  std::string text = line.part;
  if (!line.wanted.empty()) text += ": " + line.wanted;
  if (!line.actual.empty()) text += fmt::format(" [{}]", line.actual);
  if (!line.error.empty()) text += fmt::format(" ({})", line.error);
  return text;
}

/// "35.73-1f0c9a3b5d7e (siaga)" of each alert that took this step.
std::string alerts_of(const RuleTold& told, AlertStepKind kind) {
  std::string alerts;
  for (const AlertStep& step : told.steps) {
    if (step.step != kind) continue;
    alerts += fmt::format("{}{} ({})", alerts.empty() ? "" : ", ", step.alert.value(), name_of(step.level));
  }
  return alerts;
}

std::string outcome_text(const RuleTold& told, const Speech& speech) {
  switch (told.outcome) {
    case Outcome::fired:
      return say(speech, "kejadian ini menyalakan peringatan {}", "the event fires alert {}",
                 alerts_of(told, AlertStepKind::fired));
    case Outcome::raised:
      return say(speech, "kejadian ini menaikkan peringatan {}", "the event raises alert {}",
                 alerts_of(told, AlertStepKind::raised));
    case Outcome::open:
      return std::string(speech("terpenuhi; peringatannya sudah terbuka, jadi tidak ada yang baru",
                                "it holds; its alert is open already, so nothing new fires"));
    case Outcome::adds:
      return std::string(speech("terpenuhi; risiko bertambah", "it holds and adds to the risk"));
    case Outcome::ends:
      return std::string(speech("kejadian ini yang diharapkan, atau yang mencegah peringatan",
                                "the event is what was expected, or prevents an alert"));
    case Outcome::waits:
      return std::string(
          speech("terpenuhi; peringatan baru belum boleh mulai", "it holds; no new alert may begin yet"));
    case Outcome::counts:
      return std::string(
          speech("kejadian ini dihitung, tetapi belum cukup", "the event counts, but is not enough yet"));
    case Outcome::late:
      return std::string(
          speech("cocok, tetapi datang terlambat sehingga tidak dihitung", "it matches, but came too late to count"));
    case Outcome::other_type: {
      const auto* condition = told.conditions.empty() ? nullptr : &told.conditions.front();
      return say(speech, "aturan ini hanya melihat {}", "the rule looks at {} only",
                 speech.events(condition == nullptr ? EventType::report : condition->on, true));
    }
    case Outcome::no:
      break;
  }
  const ConditionLine* failed = first_failed(told.conditions);
  if (failed == nullptr) return std::string(speech("tidak terpenuhi", "it does not hold"));
  return say(speech, "tidak terpenuhi: {}", "it does not hold: {}", line_text(*failed));
}

/// What it holds, where that says more than the outcome.
std::string held_text(const RuleTold& told, const rules::RiskModel& risk, const Speech& speech) {
  const bool level = std::holds_alternative<rules::LevelBlock>(told.rule->block);
  const bool says_more = told.outcome == Outcome::counts || told.outcome == Outcome::fired ||
                         told.outcome == Outcome::raised || told.outcome == Outcome::open ||
                         told.outcome == Outcome::adds || told.outcome == Outcome::waits ||
                         (told.outcome == Outcome::no && level);
  if (!says_more || told.holdings.empty()) return {};
  engine::Holding holding = told.holdings.front();
  // The alert is named already.
  if (told.outcome == Outcome::fired || told.outcome == Outcome::raised) holding.open.reset();
  return fmt::format(" ({})", held_sentence(*told.rule, risk, holding, speech));
}

std::string_view mark_of(rules::Outcome outcome, const Speech& speech) {
  if (outcome == rules::Outcome::yes) return speech("ya   ", "yes  ");
  if (outcome == rules::Outcome::no) return speech("TIDAK", "NO   ");
  return speech("GALAT", "ERROR");
}

std::string_view heading(Nearness nearness, const Speech& speech) {
  switch (nearness) {
    case Nearness::matched:
      return speech("terpenuhi:", "matched:");
    case Nearness::nearly:
      return speech("hampir:", "nearly:");
    case Nearness::no:
      break;
  }
  return speech("tidak:", "not:");
}

/// What no rule is held against.
std::string not_judged(const Speech& speech) {
  return std::string(
      speech("tidak ada aturan yang diperiksa untuk kejadian ini: isinya membantah laporan lain, atau sudah "
             "digantikan oleh koreksi lain",
             "no rule is held against this event: it refutes a report, or another correction stands in "
             "its place"));
}

}  // namespace

std::string conditions_text(const std::vector<ConditionTold>& conditions, const Speech& speech) {
  std::string text;
  for (const ConditionTold& condition : conditions) {
    const std::string indent = condition.place.empty() ? "  " : "    ";
    if (!condition.place.empty()) text += fmt::format("  {}:\n", condition.place);
    if (!condition.asked) {
      text +=
          fmt::format("{}-     {}\n", indent, say(speech, "hanya {}", "{} only", speech.events(condition.on, true)));
      continue;
    }
    const ConditionLine* first = condition.first_failed();
    for (const ConditionLine& line : condition.lines) {
      text += fmt::format("{}{} {}{}\n", indent, mark_of(line.outcome, speech), line_text(line),
                          &line == first ? speech("   <- yang pertama gagal", "   <- the first that fails") : "");
    }
  }
  return text;
}

std::string rule_text(const EventTold& event, const RuleTold& told, const rules::RiskModel& risk,
                      const Speech& speech) {
  const rules::Rule& rule = *told.rule;
  std::string text = say(speech, "kejadian: {}\n", "event: {}\n", facts_line(event.facts, speech));
  text += say(speech, "aturan: {} ({}): {}\n", "rule: {} ({}): {}\n", rule.id.value(), kind_of(rule),
              title_of(rule, speech));
  text += fmt::format("  {}\n", rule_in_words(rule, speech));
  if (rule.status == rules::RuleStatus::shadow) {
    text += speech("  status shadow: dihitung, tetapi tidak ada yang diberi tahu\n",
                   "  status shadow: it counts, and tells nobody\n");
  }
  if (!event.judged) return text + not_judged(speech) + '\n';
  if (!told.conditions.empty()) text += speech("syarat:\n", "conditions:\n");
  text += conditions_text(told.conditions, speech);
  text += say(speech, "hasil: {}\n", "result: {}\n", outcome_text(told, speech));
  for (const engine::Holding& holding : told.holdings) {
    text += fmt::format("{}: {}\n", speech.scope(holding.scope), held_sentence(rule, risk, holding, speech));
  }
  return text;
}

std::string rules_text(const EventTold& event, const rules::RiskModel& risk, const Speech& speech) {
  std::string text = say(speech, "kejadian: {}\n", "event: {}\n", facts_line(event.facts, speech));
  if (!event.judged) return text + not_judged(speech) + '\n';
  for (const Nearness nearness : {Nearness::matched, Nearness::nearly, Nearness::no}) {
    text += fmt::format("{}\n", heading(nearness, speech));
    bool any = false;
    for (const RuleTold& told : event.rules) {
      if (told.nearness != nearness) continue;
      any = true;
      text +=
          fmt::format("  {}: {}{}\n", told.rule->id.value(), outcome_text(told, speech), held_text(told, risk, speech));
    }
    if (!any) text += "  -\n";
  }
  return text;
}

}  // namespace kentongan::app::explain
