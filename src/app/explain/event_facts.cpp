// SPDX-License-Identifier: Apache-2.0
#include "app/explain/event_facts.hpp"

#include <fmt/format.h>

#include "codec/json_append.hpp"
#include "codec/writer.hpp"
#include "domain/fields.hpp"
#include "engine/scope.hpp"

namespace kentongan::app::explain {
namespace {

/// Texts that name a thing and no person.
bool names_a_thing(FieldId field) {
  switch (field) {
    case FieldId::report_rw:
    case FieldId::report_tps:
    case FieldId::report_site:
    case FieldId::report_corrects:
    case FieldId::campaign_campaign:
    case FieldId::consignment_consignment:
    case FieldId::consignment_tps:
    case FieldId::readiness_tps:
    case FieldId::action_alert:
      return true;
    default:
      return false;
  }
}

bool is_place(FieldId field) {
  return spec_of(field).type == FieldType::code || spec_of(field).type == FieldType::codes;
}

}  // namespace

EventFacts facts_of(const Event& event, const Reference& reference) {
  EventFacts facts{std::string(event.id), std::string(event.source), event.type(), event.time, {}, {}};
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event != event.type()) continue;
    const FieldValue value = field_value(event, spec.id, reference);
    if (value.missing()) continue;
    if (is_place(spec.id)) {
      if (value.kind == FieldValue::Kind::texts) {
        for (const PlaceId place : value.places) facts.areas.push_back(reference.place(place).code);
      } else {
        facts.areas.emplace_back(value.text);
      }
      continue;
    }
    if (spec.type == FieldType::text && !names_a_thing(spec.id)) continue;
    // Where something was is in its area; a point is too much.
    if (spec.path.starts_with("location")) continue;
    facts.facts.emplace_back(spec.path, engine::value_text(value, *reference.place(event.city).zone));
  }
  return facts;
}

std::string facts_line(const EventFacts& facts, const Speech& speech) {
  std::string places;
  for (const std::string& code : facts.areas) places += (places.empty() ? "" : ", ") + speech.place(code);
  std::string values;
  for (const auto& [path, value] : facts.facts) {
    const auto time = value.size() > 10 ? parse_rfc3339(value) : std::nullopt;
    values += fmt::format("{}{} {}", values.empty() ? "" : ", ", path, time ? speech.time(*time) : value);
  }
  return fmt::format("{}, {}, {}{}{}: {}", facts.id, speech.events(facts.type, false), speech.time(facts.time),
                     places.empty() ? "" : ", ", places, values);
}

void append_facts(std::string& json, const EventFacts& facts, const Speech& speech) {
  codec::ObjectWriter object(json);
  object.text("id", facts.id);
  object.text("source", facts.source);
  object.text("type", type_name(facts.type));
  object.text("time", format_rfc3339(facts.time, speech.zone().offset_at(facts.time)));
  codec::append_list(object.key("areas"), facts.areas,
                     [](std::string& out, const std::string& code) { codec::append_string(out, code); });
  codec::ObjectWriter data(object.key("facts"));
  for (const auto& [path, value] : facts.facts) data.text(path, value);
}

}  // namespace kentongan::app::explain
