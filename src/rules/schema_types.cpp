// SPDX-License-Identifier: Apache-2.0
#include "rules/schema_types.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

namespace kentongan::rules {

namespace {

struct TypeSchema {
  std::string_view type;
  std::string_view schema;
};

constexpr std::string_view kDuration =
    R"({"type":"string","pattern":"^(?=.)([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$"})";

/// Not as a constant: the YAML language server takes a boolean for the text that is written, which equals none.
constexpr std::string_view kOnlyTrue = R"({"type":"boolean","not":{"enum":[false]}})";

// clang-format off
constexpr std::array kTypes{
    TypeSchema{"1", R"({"const":1})"},
    TypeSchema{"text", R"({"type":"string","minLength":1})"},
    TypeSchema{"message", R"({"type":"string","minLength":1})"},
    TypeSchema{"expression", R"({"type":["string","boolean"]})"},
    TypeSchema{"true", kOnlyTrue},
    TypeSchema{"true or false", R"({"type":"boolean"})"},
    TypeSchema{"number", R"({"type":"number","minimum":0})"},
    TypeSchema{"number from 0", R"({"type":"number","minimum":0})"},
    TypeSchema{"number from 0 to 1", R"({"type":"number","minimum":0,"maximum":1})"},
    TypeSchema{"number above 0", R"({"type":"number","exclusiveMinimum":0})"},
    TypeSchema{"number above 0, at most 1", R"({"type":"number","exclusiveMinimum":0,"maximum":1})"},
    TypeSchema{"number above 1", R"({"type":"number","exclusiveMinimum":1})"},
    TypeSchema{"number or expression, not negative", R"({"anyOf":[{"type":"number","minimum":0},{"type":"string","minLength":1}]})"},
    TypeSchema{"whole number", R"({"type":"integer","minimum":0})"},
    TypeSchema{"whole number from 0", R"({"type":"integer","minimum":0})"},
    TypeSchema{"whole number from 1", R"({"type":"integer","minimum":1})"},
    TypeSchema{"duration", kDuration},
    TypeSchema{"whole days", kDuration},
    TypeSchema{"distance", R"({"type":"string","pattern":"^(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?k?m$"})"},
    TypeSchema{"time with offset", kTimeSchema},
    TypeSchema{"day and time", R"({"type":"string","pattern":"^H([+-][0-9]{1,4})? ([01][0-9]|2[0-3]):[0-5][0-9]$"})"},
    TypeSchema{"place code", R"({"type":["string","number"]})"},
    TypeSchema{"stage", R"({"type":"string"})"},
    TypeSchema{"list of stages", R"({"type":"array","items":{"type":"string"}})"},
    TypeSchema{"list of roles", R"({"type":"array","items":{"type":"string","minLength":1}})"},
    TypeSchema{"level", R"({"enum":["aman","waspada","siaga","awas"]})"},
    TypeSchema{"map of lists", R"({"type":"object","additionalProperties":{"type":"array","items":{"type":["string","number","boolean"]}}})"},
    TypeSchema{"map of expressions", R"({"type":"object","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"type":["string","number","boolean"]}})"},
    TypeSchema{"map of field paths", R"({"$ref":"#/definitions/match"})"},
    TypeSchema{"field path", R"({"$ref":"#/definitions/path"})"},
    TypeSchema{"scope, or list of field paths", R"({"$ref":"#/definitions/per"})"},
    TypeSchema{"data of a report", R"({"$ref":"#/definitions/report"})"},
    TypeSchema{"data of a campaign entry", R"({"$ref":"#/definitions/campaign"})"},
    TypeSchema{"data of a consignment", R"({"$ref":"#/definitions/consignment"})"},
    TypeSchema{"data of a readiness", R"({"$ref":"#/definitions/readiness"})"},
    TypeSchema{"data of an action", R"({"$ref":"#/definitions/action"})"}};
// clang-format on

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// The words of "area, district or city"; none where it is something else.
std::vector<std::string_view> words_of(std::string_view type) {
  std::vector<std::string_view> words;
  const std::size_t last = type.rfind(" or ");
  if (last == std::string_view::npos) return {};
  const std::string_view end = type.substr(last + 4);
  std::string_view rest = type.substr(0, last);
  for (std::size_t comma = rest.find(", "); comma != std::string_view::npos; comma = rest.find(", ")) {
    words.push_back(rest.substr(0, comma));
    rest.remove_prefix(comma + 2);
  }
  words.push_back(rest);
  words.push_back(end);
  return std::all_of(words.begin(), words.end(), is_word) ? words : std::vector<std::string_view>{};
}

}  // namespace

std::string schema_of_words(std::span<const std::string_view> words) {
  std::vector<std::string> values;
  for (const std::string_view word : words) values.push_back(json_string(word));
  return json_object({{"enum", json_array(values)}});
}

std::string schema_ref(std::string_view definition) {
  return json_object({{"$ref", json_string(fmt::format("#/definitions/{}", definition))}});
}

std::string described(std::string_view schema, std::string_view description) {
  const std::string text = "{\"description\":" + json_string(description);
  if (schema.starts_with("{\"$ref\"")) return text + ",\"allOf\":[" + std::string(schema) + "]}";
  return text + (schema == "{}" ? "" : ",") + std::string(schema.substr(1));
}

std::optional<std::string> schema_of_type(std::string_view type) {
  const auto known = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeSchema& t) { return t.type == type; });
  if (known != kTypes.end()) return std::string(known->schema);
  const auto words = words_of(type);
  return words.empty() ? std::nullopt : std::optional(schema_of_words(words));
}

}  // namespace kentongan::rules
