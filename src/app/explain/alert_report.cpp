// SPDX-License-Identifier: Apache-2.0
#include "app/explain/alert_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/explain/event_report.hpp"
#include "app/explain/held_sentence.hpp"
#include "app/explain/rule_words.hpp"
#include "codec/json_append.hpp"
#include "codec/writer.hpp"

namespace kentongan::app::explain {
namespace {

using codec::ObjectWriter;

template <class... Arguments>
std::string say(const Speech& speech, std::string_view indonesian, std::string_view english,
                const Arguments&... arguments) {
  return fmt::format(fmt::runtime(speech(indonesian, english)), arguments...);
}

std::string_view word_of(AlertState state, const Speech& speech) {
  constexpr std::array<std::string_view, 5> kIndonesian{"menyala", "diterima petugas", "selesai", "kedaluwarsa",
                                                        "ditarik"};
  return speech(kIndonesian[static_cast<std::size_t>(state)], name_of(state));
}

/// Why the alert is in the state in which it is.
std::string why_now(const AlertTold& told, const Speech& speech) {
  const AlertStep& last = told.steps.back().step;
  const bool open = last.state == AlertState::firing || last.state == AlertState::acknowledged;
  if (!open) return reason_in_words(last, told.rule, speech);
  const std::string_view officer = last.state == AlertState::acknowledged
                                       ? speech("petugas sudah menerimanya", "an officer has acknowledged it")
                                       : speech("belum ada petugas yang menerimanya", "no officer has acknowledged it");
  if (told.rule == nullptr) return std::string(officer);
  const rules::AlertSpec& alert = told.rule->alert;
  return say(speech, "masih terbuka, {}; berakhir {} setelah keadaannya tidak terjadi lagi, paling lambat {}",
             "still open, {}; it ends {} after the condition has last held, at the latest on {}", officer,
             speech.span(alert.quiet_for), speech.time(last.since + alert.expires));
}

std::string step_text(const CommittedStep& one, const rules::Rule* rule, const Speech& speech) {
  const AlertStep& step = one.step;
  std::string text = fmt::format("  {}  {}", speech.time(one.time), word_of(step.step, speech));
  if (step.step == AlertStepKind::raised) text += fmt::format(" {}", name_of(step.level));
  if (step.step == AlertStepKind::escalated) text += say(speech, " ke tingkat {}", " to tier {}", step.tier);
  if (!step.to.empty()) {
    text += say(speech, ", kepada {}", ", to {}", fmt::format("{}", fmt::join(step.to, ", ")));
  }
  return text + fmt::format(": {}\n", reason_in_words(step, rule, speech));
}

std::string heading(const AlertTold& told, const Speech& speech) {
  const AlertStep& first = told.steps.front().step;
  const AlertStep& last = told.steps.back().step;
  std::string text = say(speech, "peringatan: {}\n", "alert: {}\n", first.alert.value());
  const std::string title = told.rule == nullptr ? first.rule : title_of(*told.rule, speech);
  text += say(speech, "aturan: {}: {}\n", "rule: {}: {}\n", first.rule, title);
  if (told.rule != nullptr) {
    text += fmt::format("  {}\n", rule_in_words(*told.rule, speech));
    for (const std::string& line : conditions_written(*told.rule)) text += fmt::format("  {}\n", line);
  }
  if (!first.text.legal.empty()) text += say(speech, "dasar hukum: {}\n", "legal basis: {}\n", first.text.legal);
  text += say(speech, "di mana: {}\n", "where: {}\n", speech.scope(first.scope));
  text += say(
      speech, "tingkat: {}{}\n", "level: {}{}\n", name_of(last.level),
      last.proposed ? speech(" (usulan; belum dibenarkan petugas)", " (proposed; no officer has confirmed it)") : "");
  if (first.shadow) {
    text += speech("status shadow: tidak ada yang diberi tahu\n", "status shadow: nobody is told\n");
  }
  text += say(speech, "pesan: {}\n", "message: {}\n", speech(first.text.message));
  const std::string_view recommend = speech(first.text.recommend);
  if (!recommend.empty()) text += say(speech, "saran: {}\n", "recommended: {}\n", recommend);
  return text;
}

std::string at_fire_text(const AlertTold& told, const rules::RiskModel& risk, const Speech& speech) {
  if (!told.held || told.rule == nullptr) return {};
  std::string text =
      say(speech, "saat menyala: {}\n", "as it fired: {}\n", fired_sentence(*told.rule, risk, *told.held, speech));
  if (const auto* held = std::get_if<engine::RiskHeld>(&told.held->more)) {
    for (const Contribution& one : held->contributions) {
      text += say(speech, "  {} menyumbang {} (aturan {})\n", "  {} contributes {} (rule {})\n", one.event,
                  Speech::number(one.weight), one.rule);
    }
  }
  if (told.by_deadline) {
    text += speech("  menyala karena waktunya tiba, bukan karena satu kejadian\n",
                   "  it fired because its time had come, not at an event\n");
  } else if (!told.conditions.empty()) {
    text += say(speech, "syarat pada {}:\n", "conditions at {}:\n", told.trigger);
    text += conditions_text(told.conditions, speech);
  }
  return text;
}

void append_step(std::string& json, const CommittedStep& one, const rules::Rule* rule, const Speech& speech) {
  const AlertStep& step = one.step;
  ObjectWriter object(json);
  object.text("step", name_of(step.step));
  object.text("time", format_rfc3339(one.time, speech.zone().offset_at(one.time)));
  object.text("state", name_of(step.state));
  object.text("level", name_of(step.level));
  object.integer("tier", step.tier);
  codec::append_list(object.key("to"), step.to,
                     [](std::string& out, const std::string& role) { codec::append_string(out, role); });
  if (!step.reasons.empty()) object.text("reason", step.reasons.front().code);
  object.text("sentence", reason_in_words(step, rule, speech));
}

void append_rule(ObjectWriter& object, const AlertTold& told, const Speech& speech) {
  if (told.rule == nullptr) return;
  ObjectWriter rule(object.key("rule_told"));
  rule.text("title", title_of(*told.rule, speech));
  rule.text("kind", kind_of(*told.rule));
  rule.text("sentence", rule_in_words(*told.rule, speech));
  codec::append_list(rule.key("conditions"), conditions_written(*told.rule),
                     [](std::string& out, const std::string& line) { codec::append_string(out, line); });
}

}  // namespace

std::string alert_text(const AlertTold& told, const rules::RiskModel& risk, const Speech& speech) {
  std::string text = heading(told, speech);
  text += say(speech, "keadaan: {}, {}\n", "state: {}, {}\n", word_of(told.steps.back().step.state, speech),
              why_now(told, speech));
  text += at_fire_text(told, risk, speech);
  text += speech("langkah:\n", "steps:\n");
  for (const CommittedStep& one : told.steps) text += step_text(one, told.rule, speech);
  if (!told.events.empty()) text += speech("kejadian:\n", "events:\n");
  for (const EventFacts& facts : told.events) text += fmt::format("  {}\n", facts_line(facts, speech));
  for (const std::string& note : told.notes) text += say(speech, "catatan: {}\n", "note: {}\n", note);
  return text;
}

std::string alert_json(const AlertTold& told, const rules::RiskModel& risk, const Speech& speech) {
  const AlertStep& first = told.steps.front().step;
  const AlertStep& last = told.steps.back().step;
  std::string json;
  {
    ObjectWriter object(json);
    object.text("alert", first.alert.value());
    object.text("rule", first.rule);
    append_rule(object, told, speech);
    {
      ObjectWriter scope(object.key("scope"));
      scope.text("kind", name_of(first.scope.kind));
      scope.text("key", first.scope.key);
    }
    object.text("state", name_of(last.state));
    object.text("level", name_of(last.level));
    object.text("since", format_rfc3339(first.since, speech.zone().offset_at(first.since)));
    object.text("why", why_now(told, speech));
    object.text("message", speech(first.text.message));
    if (!first.text.legal.empty()) object.text("legal", first.text.legal);
    codec::append_list(object.key("steps"), told.steps,
                       [&](std::string& out, const CommittedStep& one) { append_step(out, one, told.rule, speech); });
    codec::append_list(object.key("events"), told.events,
                       [&](std::string& out, const EventFacts& facts) { append_facts(out, facts, speech); });
    if (told.held && told.rule != nullptr) {
      object.boolean("by_deadline", told.by_deadline);
      if (!told.trigger.empty()) object.text("trigger", told.trigger);
      append_conditions(object.key("conditions"), told.conditions);
      append_holding(object.key("held"), *told.held, fired_sentence(*told.rule, risk, *told.held, speech), speech);
    }
    codec::append_list(object.key("notes"), told.notes,
                       [](std::string& out, const std::string& note) { codec::append_string(out, note); });
  }
  return json + '\n';
}

}  // namespace kentongan::app::explain
