// SPDX-License-Identifier: Apache-2.0
#include "rules/schema_fields.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "domain/fields.hpp"
#include "rules/per.hpp"
#include "rules/said/say.hpp"
#include "rules/schema_types.hpp"
#include "rules/story_data.hpp"

namespace kentongan::rules {

using said::say;
using said::Text;
using said::TextView;

namespace {

/// Whether `match` may look for values of the field: not where that would be about a person or a party.
bool can_be_matched(FieldId field) {
  return field != FieldId::campaign_party && !tells_reporter(field) && field != FieldId::action_actor_ref;
}

bool any_field(FieldId) { return true; }

/// Every path as it may be written, with and without the event's name, and the fields that it can mean.
std::map<std::string, std::vector<const FieldSpec*>> paths(bool (*wanted)(FieldId)) {
  std::map<std::string, std::vector<const FieldSpec*>> all;
  for (const FieldSpec& spec : all_fields()) {
    if (!wanted(spec.id)) continue;
    all[std::string(spec.path)].push_back(&spec);
    all[fmt::format("{}.{}", word_of(spec.event), spec.path)].push_back(&spec);
  }
  return all;
}

std::string path_schema(bool (*wanted)(FieldId)) {
  std::vector<std::string> names;
  for (const auto& [path, fields] : paths(wanted)) names.push_back(json_string(path));
  return json_object({{"enum", json_array(names)}});
}

/// One value, a list of values, or `$list`.
std::string match_value(const std::vector<const FieldSpec*>& fields) {
  std::string one(kAnyScalar);
  std::set<std::string_view> words;
  for (const FieldSpec* field : fields) words.insert(field->words.begin(), field->words.end());
  const bool closed =
      std::all_of(fields.begin(), fields.end(), [](const FieldSpec* f) { return f->type == FieldType::word; });
  if (closed) one = schema_of_words(std::vector<std::string_view>(words.begin(), words.end()));
  const std::string many = json_object({{"type", json_string("array")}, {"items", one}});
  std::vector<std::string> forms{one, many};
  if (closed) forms.push_back(R"({"type":"string","pattern":"^[$]"})");
  return json_object({{"anyOf", json_array(forms)}});
}

std::string title_of(const std::vector<const FieldSpec*>& fields) {
  Text text;
  for (const FieldSpec* field : fields) {
    const TextView title = said::looked_up(field->title);
    const Text one = say("{} ({})", title, word_of(field->event));
    text = text.empty() ? one : say("{}; {}", text, one);
  }
  return said::both(text);
}

std::string match_schema() {
  JsonMembers properties;
  for (const auto& [path, fields] : paths(can_be_matched)) {
    properties.emplace_back(path, described(match_value(fields), title_of(fields)));
  }
  return json_object(
      {{"type", json_string("object")}, {"additionalProperties", "false"}, {"properties", json_object(properties)}});
}

std::string per_schema() {
  const std::string list =
      json_object({{"type", json_string("array")}, {"minItems", "1"}, {"items", path_schema(can_be_in_key)}});
  return json_object({{"anyOf", json_array({schema_of_words(scope_names()), list})}});
}

/// In a test a text may be written as a plain value, and a missing field as no value.
std::string data_value(const FieldSpec& field) {
  switch (field.type) {
    case FieldType::word:
      return json_object({{"anyOf", json_array({schema_of_words(field.words), R"({"type":"null"})"})}});
    case FieldType::codes:
      return R"({"type":["array","null"],"items":{"type":["string","number"]}})";
    case FieldType::integer:
      if (const auto range = story_range(field.id)) {
        return fmt::format(R"({{"type":["integer","null"],"minimum":{},"maximum":{}}})", range->first, range->second);
      }
      return R"({"type":["integer","null"]})";
    case FieldType::number:
      return R"({"type":["number","null"]})";
    case FieldType::boolean:
      return R"({"type":["boolean","null"]})";
    case FieldType::time:
      return json_object({{"anyOf", json_array({std::string(kTimeSchema), R"({"type":"null"})"})}});
    case FieldType::day:
      return R"({"type":["string","null"],"pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})";
    case FieldType::text:
    case FieldType::code:
    case FieldType::category:
      return R"({"type":["string","number","boolean","null"]})";
  }
  return "{}";
}

std::string object_of(const JsonMembers& properties, bool plain) {
  const std::string_view types = plain ? R"(["object","string","number","boolean","null"])" : R"(["object","null"])";
  return json_object(
      {{"type", std::string(types)}, {"additionalProperties", "false"}, {"properties", json_object(properties)}});
}

/// That these paths are there: `area`, `reporter.ref`.
std::string needs(const std::vector<std::string_view>& paths) {
  std::vector<std::string> names;
  JsonMembers groups;
  for (const std::string_view path : paths) {
    const std::size_t dot = path.find('.');
    names.push_back(json_string(path.substr(0, dot)));
    if (dot == std::string_view::npos) continue;
    groups.emplace_back(path.substr(0, dot),
                        json_object({{"required", json_array({json_string(path.substr(dot + 1))})}}));
  }
  JsonMembers members{{"required", json_array(names)}};
  if (!groups.empty()) members.emplace_back("properties", json_object(groups));
  return json_object(members);
}

/// What an event must have, which for some depends on its status.
JsonMembers required_of(EventType type) {
  const std::string_view lesser = type == EventType::report     ? word_of(ReportStatus::refuted)
                                  : type == EventType::campaign ? word_of(CampaignStatus::cancelled)
                                                                : "";
  const std::string whole = needs(required_fields(type, ""));
  if (lesser.empty()) return {{"allOf", json_array({whole})}};
  const std::string is_lesser =
      json_object({{"required", R"(["status"])"},
                   {"properties", json_object({{"status", json_object({{"const", json_string(lesser)}})}})}});
  return {{"if", is_lesser}, {"then", needs(required_fields(type, lesser))}, {"else", whole}};
}

std::string data_schema(EventType type) {
  JsonMembers properties;
  std::map<std::string, JsonMembers> groups;
  for (const FieldSpec& field : all_fields()) {
    if (field.event != type || is_derived(field)) continue;
    const std::string path(field.path);
    const std::size_t dot = path.find('.');
    JsonMembers& place = dot == std::string::npos ? properties : groups[path.substr(0, dot)];
    place.emplace_back(dot == std::string::npos ? path : path.substr(dot + 1),
                       described(data_value(field), said::both(said::looked_up(field.title))));
  }
  for (const auto& [name, fields] : groups) {
    properties.emplace_back(name, object_of(fields, name == "reporter" || name == "actor"));
  }
  if (type == EventType::campaign) {
    properties.emplace_back(
        "route", R"({"type":"array","items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}})");
  }
  JsonMembers members{
      {"type", json_string("object")}, {"additionalProperties", "false"}, {"properties", json_object(properties)}};
  const JsonMembers required = required_of(type);
  members.insert(members.end(), required.begin(), required.end());
  return json_object(members);
}

}  // namespace

JsonMembers field_definitions() {
  JsonMembers definitions{{"match", match_schema()}, {"path", path_schema(any_field)}, {"per", per_schema()}};
  for (std::size_t i = 0; i < Words<EventType>::list.size(); ++i) {
    const auto type = static_cast<EventType>(i);
    definitions.emplace_back(word_of(type), data_schema(type));
  }
  return definitions;
}

}  // namespace kentongan::rules
