// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "adapters/kafka/settings.hpp"
#include "app/config_keys.hpp"
#include "rules/nearest.hpp"

namespace kentongan::app {
namespace {

constexpr std::string_view kPrefix = "KENTONGAN_";

}  // namespace

std::string environment_name(std::string_view path) {
  std::string name(kPrefix);
  for (const char c : path) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string topic_variable(std::string_view role) { return environment_name(fmt::format("{}{}", kTopics, role)); }

std::string property_variable(std::string_view name) {
  return environment_name(fmt::format("{}{}", kProperties, name));
}

namespace {

std::string read_kafka_environment(Config& config, const Environment& environment) {
  for (const std::string_view role : kTopicRoles) {
    if (const auto value = environment(topic_variable(role))) config.kafka.topics[std::string(role)] = *value;
  }
  std::string wrong;
  for (const std::string_view property : kafka::allowed_properties()) {
    const std::string name = property_variable(property);
    const auto value = environment(name);
    if (!value) continue;
    if (const auto checked = kafka::check_property(property, *value); !checked) {
      wrong += fmt::format("the environment variable {}: {}\n", name, checked.error().message);
    }
    config.kafka.properties[std::string(property)] = *value;
  }
  return wrong;
}

}  // namespace

std::string read_environment(Config& config, const Environment& environment) {
  std::string wrong;
  for (const ConfigKey& key : config_keys()) {
    const std::string name = environment_name(key.path);
    const auto value = environment(name);
    if (!value || key.set(config, *value)) continue;
    wrong += fmt::format("the environment variable {} is \"{}\", but {} takes {}\n", name, *value, key.path, key.takes);
    if (const std::string hint = key.hint_for(*value); !hint.empty()) wrong += fmt::format("  = {}\n", hint);
  }
  return wrong + read_kafka_environment(config, environment);
}

std::vector<std::string> environment_names() {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) names.push_back(environment_name(key.path));
  for (const std::string_view role : kTopicRoles) names.push_back(topic_variable(role));
  for (const std::string_view property : kafka::allowed_properties()) names.push_back(property_variable(property));
  return names;
}

std::vector<std::string> misspelt_variables(const std::vector<std::string>& set) {
  const std::vector<std::string> names = environment_names();
  std::vector<std::string_view> known;  // without what all of them begin with, which would make everything near
  for (const std::string& name : names) known.push_back(std::string_view(name).substr(kPrefix.size()));
  std::vector<std::string> lines;
  for (const std::string& name : set) {
    if (!name.starts_with(kPrefix) || std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto near = rules::nearest(std::string_view(name).substr(kPrefix.size()), known);
    if (!near) continue;
    lines.push_back(fmt::format("the environment variable {} is not read; did you mean {}{}?", name, kPrefix, *near));
  }
  return lines;
}

std::vector<std::string> misspelt_variables() {
  std::vector<std::string> set;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    set.emplace_back(text.substr(0, text.find('=')));
  }
  return misspelt_variables(set);
}

}  // namespace kentongan::app
