// SPDX-License-Identifier: Apache-2.0
#include "rules/editor_schema.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "rules/expectations.hpp"
#include "rules/json_text.hpp"
#include "rules/key_tables.hpp"
#include "rules/said/say.hpp"
#include "rules/schema_fields.hpp"
#include "rules/schema_types.hpp"

namespace kentongan::rules {

using said::say;
using said::Text;
using said::TextView;

namespace {

/// Keys whose value is a map with a table of its own, or a list of such maps.
enum class Form : std::uint8_t { map, map_or_nothing, map_or_text, map_or_scalar, list, steps };
struct Below {
  const KeyTable* table;
  std::string_view key;
  Form form;
  const KeyTable* below;
};

const std::array kBelow{Below{&kFileKeys, "risk", Form::map, &kRiskKeys},
                        Below{&kFileKeys, "rules", Form::list, &kRuleKeys},
                        Below{&kRiskKeys, "levels", Form::map, &kRiskLevelKeys},
                        Below{&kRiskKeys, "independent", Form::map, &kIndependentKeys},
                        Below{&kRiskKeys, "voice", Form::map, &kVoiceKeys},
                        Below{&kRiskKeys, "source", Form::map, &kSourceKeys},
                        Below{&kRiskKeys, "content", Form::map, &kContentKeys},
                        Below{&kRuleKeys, "title", Form::map_or_text, &kTitleKeys},
                        Below{&kRuleKeys, "check", Form::map_or_nothing, &kCheckKeys},
                        Below{&kRuleKeys, "score", Form::map, &kScoreKeys},
                        Below{&kRuleKeys, "level", Form::map, &kLevelKeys},
                        Below{&kRuleKeys, "count", Form::map, &kCountKeys},
                        Below{&kRuleKeys, "sequence", Form::map, &kSequenceKeys},
                        Below{&kRuleKeys, "absence", Form::map, &kAbsenceKeys},
                        Below{&kRuleKeys, "spike", Form::map, &kSpikeKeys},
                        Below{&kRuleKeys, "clash", Form::map, &kClashKeys},
                        Below{&kRuleKeys, "quota", Form::map, &kQuotaKeys},
                        Below{&kRuleKeys, "alert", Form::map, &kAlertKeys},
                        Below{&kRuleKeys, "tests", Form::list, &kTestKeys},
                        Below{&kSequenceKeys, "steps", Form::steps, &kStepKeys},
                        Below{&kAbsenceKeys, "after", Form::map, &kAfterKeys},
                        Below{&kAbsenceKeys, "expect", Form::map, &kExpectedKeys},
                        Below{&kAbsenceKeys, "by", Form::map, &kMomentKeys},
                        Below{&kAbsenceKeys, "since", Form::map, &kMomentKeys},
                        Below{&kAlertKeys, "message", Form::map, &kMessageKeys},
                        Below{&kAlertKeys, "recommend", Form::map, &kRecommendKeys},
                        Below{&kAlertKeys, "escalate", Form::list, &kEscalateKeys},
                        Below{&kAlertKeys, "remind", Form::map, &kRemindKeys},
                        Below{&kTestKeys, "events", Form::list, &kEventKeys},
                        Below{&kTestKeys, "expect", Form::list, &kExpectKeys},
                        Below{&kExpectKeys, "message", Form::map_or_scalar, &kExpectMessageKeys},
                        Below{&kExpectKeys, "score", Form::map, &kExpectScoreKeys}};

/// What keys ask of one another, for tables where that is more than "required".
struct Together {
  const KeyTable* table;
  std::string_view constraints;  ///< members of a JSON object
};

const std::array kTogether{
    Together{
        &kRuleKeys,
        R"("allOf":[)"
        R"({"if":{"required":["score"]},"then":{"properties":{"per":false}},"else":{"required":["alert"]}},)"
        R"({"if":{"anyOf":[{"required":["score"]},{"required":["level"]}]},)"
        R"("then":{"properties":{"on":{"const":"report"}}},"else":{"properties":{"alert":{"required":["level"]}}}},)"
        R"({"if":{"anyOf":[{"required":["level"]},{"required":["sequence"]},{"required":["absence"]}]},)"
        R"("then":{"properties":{"match":false,"when":false}}},)"
        R"({"if":{"required":["clash"]},"then":{"properties":{"per":false}}},)"
        R"({"if":{"anyOf":[{"required":["clash"]},{"required":["quota"]}]},)"
        R"("then":{"properties":{"on":{"const":"campaign"}}}}])"},
    Together{&kAbsenceKeys, R"("if":{"required":["each"]},)"
                            R"("then":{"required":["by"],"properties":{"after":false,"within":false,"per":false}},)"
                            R"("else":{"required":["after","within"],"properties":{"by":false,"since":false}})"},
    // The same keys once more, for language servers that take `1` for a number and find no property of that name.
    Together{&kContentKeys, R"("patternProperties":{"^[1-6]$":{"type":"number","minimum":0}})"},
    Together{&kClashKeys, R"("anyOf":[{"required":["same"]},{"required":["within"]}])"},
    Together{&kExpectKeys,
             R"("dependencies":{"because":["silent"],"message":["alert"],"count":["alert"],"to":["alert"],)"
             R"("risk":{"required":["area"],"properties":{"scope":false}},)"
             R"("score":{"required":["area"],"properties":{"scope":false}}})"}};

std::string exactly_one_of(const std::vector<std::string_view>& keys) {
  std::vector<std::string> each;
  for (const std::string_view key : keys) each.push_back(json_object({{"required", json_array({json_string(key)})}}));
  return json_array(each);
}

/// Of these keys a map has exactly one; none where it may have any.
std::vector<std::string_view> exclusive_keys(const KeyTable& table) {
  if (&table == &kRuleKeys) return {block_names().begin(), block_names().end()};
  if (&table == &kEventKeys) return {"report", "campaign", "consignment", "readiness", "action"};
  if (&table == &kExpectKeys) return {"alert", "silent", "resolved", "risk", "score"};
  return {};
}

std::string schema_of_map(const KeyTable& table, std::string_view types = R"("object")");

std::string schema_below(const Below& place) {
  switch (place.form) {
    case Form::map:
      return schema_of_map(*place.below);
    case Form::map_or_nothing:
      return schema_of_map(*place.below, R"(["object","null"])");
    case Form::map_or_text:
      return schema_of_map(*place.below, R"(["object","string"])");
    case Form::map_or_scalar:
      return schema_of_map(*place.below, R"(["object","string","number","boolean"])");
    case Form::list:
      return json_object({{"type", json_string("array")}, {"items", schema_of_map(*place.below)}});
    case Form::steps:
      return json_object({{"type", json_string("array")},
                          {"minItems", "2"},
                          {"maxItems", "30"},
                          {"items", schema_of_map(*place.below)}});
  }
  return "{}";
}

std::string schema_of_value(const KeyTable& table, const KeySpec& key) {
  for (const Below& place : kBelow) {
    if (place.table == &table && place.key == key.name) return schema_below(place);
  }
  if (&table == &kExpectKeys && key.name == "because") return schema_of_words(kSilenceReasons);
  // A scope's key is taken as written, also where it looks like a number.
  if (&table == &kExpectKeys && key.name == "scope") return std::string(kAnyScalar);
  if (&table == &kExpectMessageKeys) return std::string(kAnyScalar);
  return schema_of_type(key.type.en).value_or("{}");
}

/// In both languages, Indonesian first: an editor asks nobody which one is read.
std::string hover_of(const KeySpec& key) {
  const Text text = key.fallback.empty() ? Text(key.meaning) : say("{} Default: `{}`.", key.meaning, key.fallback);
  return said::both(text);
}

std::string schema_of_map(const KeyTable& table, std::string_view types) {
  JsonMembers properties;
  std::vector<std::string> required;
  for (const KeySpec& key : table.keys) {
    properties.emplace_back(key.name, described(schema_of_value(table, key), hover_of(key)));
    if (key.need == KeySpec::Need::required) required.push_back(json_string(key.name));
  }
  std::string schema = json_object({{"type", std::string(types)},
                                    {"additionalProperties", "false"},
                                    {"properties", json_object(properties)},
                                    {"required", json_array(required)}});
  schema.pop_back();
  const auto exclusive = exclusive_keys(table);
  if (!exclusive.empty()) schema += ",\"oneOf\":" + exactly_one_of(exclusive);
  for (const Together& together : kTogether) {
    if (together.table == &table) schema += ',' + std::string(together.constraints);
  }
  return schema + '}';
}

}  // namespace

std::string editor_schema() {
  std::string schema = json_object({{"$schema", json_string("http://json-schema.org/draft-07/schema#")},
                                    {"title", json_string("Rules of Kentongan")},
                                    {"definitions", json_object(field_definitions())}});
  schema.back() = ',';
  return schema + schema_of_map(kFileKeys).substr(1);
}

}  // namespace kentongan::rules
