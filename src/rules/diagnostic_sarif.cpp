// SPDX-License-Identifier: Apache-2.0
#include "rules/diagnostic_sarif.hpp"

#include <map>
#include <string>

#include <fmt/format.h>

#include "rules/json_text.hpp"

namespace kentongan::rules {

namespace {

/// Of a code the position among the driver's rules, and the level of its first finding.
struct Code {
  std::size_t index = 0;
  Severity severity = Severity::error;
};
using Codes = std::map<std::string, Code>;

Codes codes_of(const Diagnostics& diagnostics) {
  Codes codes;
  for (const Diagnostic& found : diagnostics.all) codes.try_emplace(found.code, Code{0, found.severity});
  std::size_t index = 0;
  for (auto& [id, code] : codes) code.index = index++;
  return codes;
}

std::string level_of(Severity severity) { return json_string(severity == Severity::error ? "error" : "warning"); }

bool stands_in_uri(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
}

std::string uri_of(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (stands_in_uri(c)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return uri;
}

/// In a message of SARIF a single brace begins a placeholder.
std::string message_of(const Diagnostic& found, said::Language language) {
  const std::string& message = found.message.in(language);
  const std::string& hint = found.hint.in(language);
  std::string text;
  for (const char c : hint.empty() ? message : message + "; " + hint) {
    text += c;
    if (c == '{' || c == '}') text += c;
  }
  return json_object({{"text", json_string(text)}});
}

std::string place_of(const Diagnostic& found) {
  JsonMembers place{{"artifactLocation", json_object({{"uri", json_string(uri_of(found.file))}})}};
  if (found.line > 0) {
    place.emplace_back("region", json_object({{"startLine", fmt::format("{}", found.line)},
                                              {"startColumn", fmt::format("{}", found.column)}}));
  }
  return json_array({json_object({{"physicalLocation", json_object(place)}})});
}

/// One repair; all of its replacements belong together.
std::string fixes_of(const Diagnostic& found) {
  std::vector<std::string> replacements;
  for (const Edit& edit : found.fix) {
    const std::string region = json_object({{"startLine", fmt::format("{}", edit.begin.line)},
                                            {"startColumn", fmt::format("{}", edit.begin.column)},
                                            {"endLine", fmt::format("{}", edit.end.line)},
                                            {"endColumn", fmt::format("{}", edit.end.column)}});
    replacements.push_back(
        json_object({{"deletedRegion", region}, {"insertedContent", json_object({{"text", json_string(edit.text)}})}}));
  }
  const std::string change = json_object({{"artifactLocation", json_object({{"uri", json_string(uri_of(found.file))}})},
                                          {"replacements", json_array(replacements)}});
  return json_array({json_object({{"artifactChanges", json_array({change})}})});
}

std::string result_of(const Diagnostic& found, const Code& code, said::Language language) {
  JsonMembers result{{"ruleId", json_string(found.code)},
                     {"ruleIndex", fmt::format("{}", code.index)},
                     {"level", level_of(found.severity)},
                     {"message", message_of(found, language)},
                     {"locations", place_of(found)}};
  if (!found.fix.empty()) result.emplace_back("fixes", fixes_of(found));
  return json_object(result);
}

std::string rule_of(const std::string& id, const Code& code) {
  return json_object(
      {{"id", json_string(id)}, {"defaultConfiguration", json_object({{"level", level_of(code.severity)}})}});
}

}  // namespace

std::string to_sarif(const Diagnostics& diagnostics, std::string_view version, said::Language language) {
  const Codes codes = codes_of(diagnostics);
  std::vector<std::string> rules;
  for (const auto& [id, code] : codes) rules.push_back(rule_of(id, code));
  std::vector<std::string> results;
  for (const Diagnostic& found : diagnostics.all) results.push_back(result_of(found, codes.at(found.code), language));
  const std::string driver = json_object(
      {{"name", json_string("Kentongan")}, {"version", json_string(version)}, {"rules", json_array(rules)}});
  const std::string run = json_object({{"tool", json_object({{"driver", driver}})},
                                       {"columnKind", json_string("unicodeCodePoints")},
                                       {"results", json_array(results)}});
  return json_object({{"$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json")},
                      {"version", json_string("2.1.0")},
                      {"runs", json_array({run})}});
}

}  // namespace kentongan::rules
