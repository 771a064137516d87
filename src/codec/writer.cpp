// SPDX-License-Identifier: Apache-2.0
#include "codec/writer.hpp"

#include "codec/json_append.hpp"
#include "codec/nik.hpp"
#include "codec/trace.hpp"

namespace kentongan::codec {

namespace {

std::string local_time(TimePoint time, const Place* city) {
  const bool zoned = city != nullptr && city->zone != nullptr;
  return format_rfc3339(time, zoned ? city->zone->offset_at(time) : std::chrono::seconds{0});
}

/// The city in whose zone an alert speaks: its id begins with the city's code and a dash.
const Place* city_of(const AlertStep& step, const Reference& reference) {
  const auto place = reference.find_place(step.area);
  if (place) return &reference.place(reference.place(*place).city);
  const std::string_view alert = step.alert.value();
  const auto city = reference.find_place(alert.substr(0, alert.find('-')));
  return city ? &reference.place(*city) : nullptr;
}

void append_local_text(std::string& out, const LocalText& text) {
  ObjectWriter object(out);
  object.text("id", text.id);
  if (!text.en.empty()) object.text("en", text.en);
}

void append_scope(std::string& out, const Scope& scope) {
  ObjectWriter object(out);
  object.text("kind", name_of(scope.kind));
  object.text("key", scope.key);
}

void append_reasons(std::string& out, const std::vector<Reason>& reasons) {
  append_list(out, reasons, [](std::string& to, const Reason& reason) {
    ObjectWriter object(to);
    object.text("code", reason.code);
    object.text("text", reason.text);
  });
}

void write_texts(ObjectWriter& data, const AlertText& text) {
  append_local_text(data.key("message"), text.message);
  const LocalText& recommend = text.recommend;
  if (!recommend.id.empty() || !recommend.en.empty()) append_local_text(data.key("recommend"), recommend);
  if (!text.recommendations.empty()) data.texts("recommendations", text.recommendations);
  if (!text.legal.empty()) data.text("legal", text.legal);
}

void write_officer(ObjectWriter& data, const AlertStep& step, const Place* city) {
  if (step.actor) {
    ObjectWriter actor(data.key("actor"));
    actor.text("ref", *step.actor);
    if (step.actor_role) actor.text("role", *step.actor_role);
  }
  if (step.assignee) data.text("assignee", *step.assignee);
  if (step.until) data.text("until", local_time(*step.until, city));
}

void write_risk_data(std::string& out, const RiskChange& change, const Reference& reference) {
  ObjectWriter data(out);
  data.text("area", reference.place(change.area).code);
  data.number("score", change.score);
  data.text("level", name_of(change.level));
  data.text("previous", name_of(change.previous));
  data.boolean("rising", change.rising);
  append_list(data.key("contributions"), change.contributions, [](std::string& to, const Contribution& contribution) {
    ObjectWriter object(to);
    object.text("event", contribution.event);
    object.text("rule", contribution.rule);
    object.number("weight", contribution.weight);
  });
}

void write_dead_letter_data(std::string& out, const DeadLetter& letter) {
  ObjectWriter data(out);
  data.text("reason", name_of(letter.rejection.reason));
  data.text("pointer", letter.rejection.pointer);
  data.text("message", mask_niks(letter.rejection.message));  // the engine quotes the id of an unknown alert
  if (letter.raw.empty()) return;
  std::string& raw = data.key("raw_base64");
  raw += '"';
  append_base64(raw, letter.raw);
  raw += '"';
}

struct TypeName {
  std::string_view operator()(const AlertStep&) const { return "kentongan.alert.v1"; }
  std::string_view operator()(const RiskChange&) const { return "kentongan.risk.v1"; }
  std::string_view operator()(const DeadLetter&) const { return "kentongan.deadletter.v1"; }
};

}  // namespace

void write_alert_data(std::string& out, const AlertStep& step, const Reference& reference) {
  const Place* const city = city_of(step, reference);
  ObjectWriter data(out);
  data.text("alert", step.alert.value());
  data.text("rule", step.rule);
  append_scope(data.key("scope"), step.scope);
  data.text("area", step.area);
  data.text("step", name_of(step.step));
  data.text("state", name_of(step.state));
  data.text("level", name_of(step.level));
  if (step.proposed) data.boolean("proposed", true);
  if (step.shadow) data.boolean("shadow", true);
  data.text("since", local_time(step.since, city));
  data.integer("tier", step.tier);
  data.texts("to", step.to);
  write_texts(data, step.text);
  if (step.count) data.integer("count", *step.count);
  if (step.distinct) data.integer("distinct", *step.distinct);
  data.texts("events", step.events);
  append_reasons(data.key("reasons"), step.reasons);
  write_officer(data, step, city);
}

void write_output(std::string& out, const Output& output, const Reference& reference) {
  const Place* const city = output.city ? &reference.place(*output.city) : nullptr;
  ObjectWriter event(out);
  event.text("specversion", "1.0");
  event.text("id", output.id);
  event.text("source", city != nullptr ? "/kentongan/" + city->code : std::string("/kentongan"));
  event.text("type", std::visit(TypeName{}, output.data));
  if (!output.subject.empty()) event.text("subject", output.subject);
  event.text("time", local_time(output.time, city));
  if (!output.trace.empty()) event.text(kTraceParent, output.trace.parent);
  if (!output.trace.state.empty()) event.text(kTraceState, output.trace.state);
  std::string& data = event.key("data");
  if (const auto* step = std::get_if<AlertStep>(&output.data)) {
    write_alert_data(data, *step, reference);
  } else if (const auto* change = std::get_if<RiskChange>(&output.data)) {
    write_risk_data(data, *change, reference);
  } else {
    write_dead_letter_data(data, std::get<DeadLetter>(output.data));
  }
}

}  // namespace kentongan::codec
