// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "adapters/kafka/settings.hpp"
#include "app/config_keys.hpp"
#include "app/rule_source.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/findings.hpp"
#include "rules/nearest.hpp"
#include "rules/reader.hpp"

namespace kentongan::app {
namespace {

// Configurations are for operators, and are spoken of in English.
using rules::as_is;
using rules::Findings;
using rules::Node;

/// A wrong property may be a secret: its line is not shown.
constexpr std::string_view kWrongProperty = "wrong-property";

const ConfigKey* find_key(std::string_view path) {
  const auto keys = config_keys();
  const auto at = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.path == path; });
  return at == keys.end() ? nullptr : &*at;
}

/// "journal" is no key itself, but holds some.
bool holds_keys(std::string_view path) {
  if (path == "journal.topics" || path == "journal.properties") return true;
  const auto keys = config_keys();
  return std::any_of(keys.begin(), keys.end(), [&](const ConfigKey& key) {
    return key.path.size() > path.size() && key.path.starts_with(path) && key.path[path.size()] == '.';
  });
}

/// journal.topics.ROLE and journal.properties.NAME, whose names are many. False: `path` is none of them.
bool read_kafka_name(const std::string& path, const rules::Entry& entry, Config& config, Findings& findings) {
  const bool topic = path.starts_with(kTopics);
  if (!topic && !path.starts_with(kProperties)) return false;
  const std::string name = path.substr(topic ? kTopics.size() : kProperties.size());
  if (topic && std::find(kTopicRoles.begin(), kTopicRoles.end(), name) == kTopicRoles.end()) {
    std::string hint = did_you_mean(name, {kTopicRoles.begin(), kTopicRoles.end()},
                                    "the topics are " + one_of({kTopicRoles.begin(), kTopicRoles.end()}));
    findings.error(entry.key.offset, "unknown-key", as_is(fmt::format("there is no topic `{}`", name)), as_is(hint));
    return true;
  }
  if (!entry.value.is_scalar() || entry.value.text.empty()) {
    findings.error(entry.value.offset, "wrong-value", as_is(fmt::format("`{}` takes a text", path)));
    return true;
  }
  if (topic) {
    config.kafka.topics[name] = entry.value.text;
  } else if (const auto checked = kafka::check_property(name, entry.value.text); !checked) {
    findings.error(entry.value.offset, std::string(kWrongProperty), as_is(checked.error().message));
  } else {
    config.kafka.properties[name] = entry.value.text;
  }
  return true;
}

void unknown_key(const std::string& path, std::size_t offset, Findings& findings) {
  std::vector<std::string_view> known;
  for (const ConfigKey& key : config_keys()) known.push_back(key.path);
  std::string hint = did_you_mean(path, known, "the keys are " + one_of(known));
  findings.error(offset, "unknown-key", as_is(fmt::format("there is no setting `{}`", path)), as_is(hint));
}

void read_map(const Node& map, const std::string& prefix, Config& config, Findings& findings) {
  for (const rules::Entry& entry : map.entries) {
    const std::string path = prefix + entry.key.text;
    if (entry.value.is_map() && holds_keys(path)) {
      read_map(entry.value, path + '.', config, findings);
    } else if (read_kafka_name(path, entry, config, findings)) {
      continue;
    } else if (const ConfigKey* key = find_key(path); key == nullptr) {
      unknown_key(path, entry.key.offset, findings);
    } else if (!entry.value.is_scalar() || !key->set(config, entry.value.text)) {
      findings.error(entry.value.offset, "wrong-value", as_is(fmt::format("`{}` takes {}", path, key->takes)),
                     as_is(entry.value.is_scalar() ? key->hint_for(entry.value.text) : ""));
    }
  }
}

/// The findings as text, without lines that may hold a secret.
std::string describe(std::vector<rules::Diagnostic> findings) {
  std::set<int> hidden;
  for (const rules::Diagnostic& one : findings) {
    if (one.code == kWrongProperty) hidden.insert(one.line);
  }
  for (rules::Diagnostic& one : findings) {
    if (hidden.contains(one.line)) one.snippet.clear();
  }
  return rules::to_text({std::move(findings)});
}

/// What is wrong with values that are good one by one.
std::string wrong_together(const Config& config) {
  if (config.journal == JournalKind::sqlite && config.workers > 1) {
    return "workers: the embedded journal has one; more need `journal: {type: kafka}`\n";
  }
  return wrong_access(config) + wrong_together(config.notify);
}

}  // namespace

Result<Config> read_config(std::string_view text, const std::string& file, const Environment& environment) {
  Config config;
  const rules::Source source(file, std::string(text));
  Findings findings(source);
  const auto tree = rules::read_tree(findings);
  if (tree && tree->is_map()) {
    read_map(*tree, "", config, findings);
  } else if (tree && !tree->is_null()) {
    findings.error(0, "wrong-value", as_is("a configuration is a list of keys with values"),
                   as_is("for example `clock: event`"));
  }
  std::string wrong = findings.all().empty() ? "" : describe(findings.all());
  wrong += read_environment(config, environment);
  if (wrong.empty()) wrong = wrong_together(config);
  if (!wrong.empty()) return fail(Error::Kind::usage, "the configuration is wrong\n" + wrong);
  if (config.rules.empty()) config.rules = installed_rules();
  return config;
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

Result<std::string> read_config_text(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::error_code ignored;
  if (!stream || std::filesystem::is_directory(path, ignored)) {
    return fail(Error::Kind::usage, fmt::format("the configuration {} cannot be read; does it exist, and may this user "
                                                "read it?",
                                                path.string()));
  }
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

Result<Config> load_config(const std::optional<std::filesystem::path>& path) {
  if (!path) return read_config("", "defaults", process_environment());
  const auto text = read_config_text(*path);
  if (!text) return tl::unexpected(text.error());
  return read_config(*text, path->string(), process_environment());
}

}  // namespace kentongan::app
