// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "adapters/kafka/settings.hpp"
#include "app/rule_source.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/findings.hpp"
#include "rules/nearest.hpp"
#include "rules/reader.hpp"

namespace kentongan::app {
namespace {

using rules::Findings;
using rules::Node;

/// One key: its path, what it takes, and how a text becomes its value (false: it is none).
struct Key {
  std::string_view path;
  std::string_view takes;
  bool (*set)(Config&, const std::string&);
};

bool set_duration(Duration& target, const std::string& text) {
  const auto duration = parse_duration(text);
  if (duration) target = *duration;
  return duration.has_value();
}

bool set_text(std::string& target, const std::string& text) {
  target = text;
  return !text.empty();
}

bool set_path(std::filesystem::path& target, const std::string& text) {
  target = text;
  return !text.empty();
}

bool set_clock(Config& config, const std::string& text) {
  if (text != "wall" && text != "event") return false;
  config.clock = text == "wall" ? ClockKind::wall : ClockKind::event;
  return true;
}

bool set_journal(Config& config, const std::string& text) {
  if (text != "sqlite" && text != "kafka") return false;
  config.journal = text == "kafka" ? JournalKind::kafka : JournalKind::sqlite;
  return true;
}

bool set_workers(Config& config, const std::string& text) {
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, config.workers);
  return read.ec == std::errc() && read.ptr == end && config.workers >= 1 && config.workers <= 64;
}

constexpr std::array<std::string_view, 9> kTopicRoles{"reports", "campaigns", "logistics",  "readiness", "actions",
                                                      "alerts",  "risk",      "deadletter", "state"};
constexpr std::string_view kTopics = "journal.topics.";
/// A wrong property may be a secret: its line is not shown.
constexpr std::string_view kWrongProperty = "wrong-property";
constexpr std::string_view kProperties = "journal.properties.";

constexpr std::array<Key, 13> kKeys{{
    {"journal.type", "sqlite or kafka", set_journal},
    {"journal.brokers", "HOST:PORT of brokers, with commas between",
     [](Config& c, const std::string& text) { return set_text(c.kafka.brokers, text); }},
    {"journal.group", "the name of a consumer group",
     [](Config& c, const std::string& text) { return set_text(c.kafka.group, text); }},
    {"journal.instance", "a name that no other process of the group has",
     [](Config& c, const std::string& text) { return set_text(c.kafka.instance, text); }},
    {"workers", "a number from 1 to 64", set_workers},
    {"journal.path", "a file", [](Config& c, const std::string& text) { return set_path(c.journal_path, text); }},
    {"journal.keep_inputs", "a duration such as 30d",
     [](Config& c, const std::string& text) { return set_duration(c.keep_inputs, text); }},
    {"rules", "a folder", [](Config& c, const std::string& text) { return set_path(c.rules, text); }},
    {"reference", "a folder", [](Config& c, const std::string& text) { return set_path(c.reference, text); }},
    {"http.listen", "an address and port such as 127.0.0.1:8080",
     [](Config& c, const std::string& text) { return set_text(c.http_listen, text); }},
    {"clock", "wall or event", set_clock},
    {"lateness", "a duration such as 24h",
     [](Config& c, const std::string& text) { return set_duration(c.lateness, text); }},
    {"dedupe", "a duration such as 7d",
     [](Config& c, const std::string& text) { return set_duration(c.dedupe, text); }},
}};

const Key* find_key(std::string_view path) {
  const auto at = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.path == path; });
  return at == kKeys.end() ? nullptr : at;
}

/// "journal" is no key itself, but holds some.
bool holds_keys(std::string_view path) {
  if (path == "journal.topics" || path == "journal.properties") return true;
  return std::any_of(kKeys.begin(), kKeys.end(), [&](const Key& key) {
    return key.path.size() > path.size() && key.path.starts_with(path) && key.path[path.size()] == '.';
  });
}

/// journal.topics.ROLE and journal.properties.NAME, whose names are many. False: `path` is none of them.
bool read_kafka_name(const std::string& path, const rules::Entry& entry, Config& config, Findings& findings) {
  const bool topic = path.starts_with(kTopics);
  if (!topic && !path.starts_with(kProperties)) return false;
  const std::string name = path.substr(topic ? kTopics.size() : kProperties.size());
  if (topic && std::find(kTopicRoles.begin(), kTopicRoles.end(), name) == kTopicRoles.end()) {
    std::string hint = rules::did_you_mean(name, {kTopicRoles.begin(), kTopicRoles.end()},
                                           "the topics are " + rules::one_of({kTopicRoles.begin(), kTopicRoles.end()}));
    findings.error(entry.key.offset, "unknown-key", fmt::format("there is no topic `{}`", name), std::move(hint));
    return true;
  }
  if (!entry.value.is_scalar() || entry.value.text.empty()) {
    findings.error(entry.value.offset, "wrong-value", fmt::format("`{}` takes a text", path));
    return true;
  }
  if (topic) {
    config.kafka.topics[name] = entry.value.text;
  } else if (const auto checked = kafka::check_property(name, entry.value.text); !checked) {
    findings.error(entry.value.offset, std::string(kWrongProperty), checked.error().message);
  } else {
    config.kafka.properties[name] = entry.value.text;
  }
  return true;
}

void unknown_key(const std::string& path, std::size_t offset, Findings& findings) {
  std::vector<std::string_view> known;
  for (const Key& key : kKeys) known.push_back(key.path);
  std::string hint = rules::did_you_mean(path, known, "the keys are " + rules::one_of(known));
  findings.error(offset, "unknown-key", fmt::format("there is no setting `{}`", path), std::move(hint));
}

void read_map(const Node& map, const std::string& prefix, Config& config, Findings& findings) {
  for (const rules::Entry& entry : map.entries) {
    const std::string path = prefix + entry.key.text;
    if (entry.value.is_map() && holds_keys(path)) {
      read_map(entry.value, path + '.', config, findings);
    } else if (read_kafka_name(path, entry, config, findings)) {
      continue;
    } else if (const Key* key = find_key(path); key == nullptr) {
      unknown_key(path, entry.key.offset, findings);
    } else if (!entry.value.is_scalar() || !key->set(config, entry.value.text)) {
      findings.error(entry.value.offset, "wrong-value", fmt::format("`{}` takes {}", path, key->takes));
    }
  }
}

std::string environment_name(std::string_view path) {
  std::string name = "KENTONGAN_";
  for (const char c : path) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

Result<void> read_kafka_environment(Config& config, const Environment& environment) {
  for (const std::string_view role : kTopicRoles) {
    const auto value = environment(environment_name(fmt::format("{}{}", kTopics, role)));
    if (value) config.kafka.topics[std::string(role)] = *value;
  }
  for (const std::string_view property : kafka::allowed_properties()) {
    const std::string name = environment_name(fmt::format("{}{}", kProperties, property));
    const auto value = environment(name);
    if (!value) continue;
    if (const auto checked = kafka::check_property(property, *value); !checked) {
      return fail(Error::Kind::usage, fmt::format("the environment variable {}: {}", name, checked.error().message));
    }
    config.kafka.properties[std::string(property)] = *value;
  }
  return {};
}

Result<void> read_environment(Config& config, const Environment& environment) {
  for (const Key& key : kKeys) {
    const std::string name = environment_name(key.path);
    const auto value = environment(name);
    if (value && !key.set(config, *value)) {
      return fail(Error::Kind::usage, fmt::format("the environment variable {} is \"{}\", but {} takes {}", name,
                                                  *value, key.path, key.takes));
    }
  }
  return read_kafka_environment(config, environment);
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

Result<void> check_together(const Config& config) {
  if (config.journal == JournalKind::sqlite && config.workers > 1) {
    return fail(Error::Kind::usage, "workers: the embedded journal has one; more need `journal: {type: kafka}`");
  }
  return {};
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
    findings.error(0, "wrong-value", "a configuration is a list of keys with values", "for example `clock: event`");
  }
  if (!findings.all().empty()) {
    return fail(Error::Kind::usage, "the configuration is wrong\n" + describe(findings.all()));
  }
  if (auto read = read_environment(config, environment); !read) return tl::unexpected(read.error());
  if (auto checked = check_together(config); !checked) return tl::unexpected(checked.error());
  if (config.rules.empty()) config.rules = installed_rules();
  return config;
}

Result<Config> load_config(const std::optional<std::filesystem::path>& path) {
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  if (!path) return read_config("", "defaults", environment);
  std::ifstream stream(*path, std::ios::binary);
  std::error_code ignored;
  if (!stream || std::filesystem::is_directory(*path, ignored)) {
    return fail(Error::Kind::usage, fmt::format("the configuration {} cannot be read; does it exist, and may this user "
                                                "read it?",
                                                path->string()));
  }
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return read_config(text, path->string(), environment);
}

}  // namespace kentongan::app
