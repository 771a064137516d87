// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "app/config_keys.hpp"
#include "rules/findings.hpp"
#include "rules/reader.hpp"

namespace kentongan::app {
namespace {

void collect_paths(const rules::Node& map, const std::string& prefix, std::set<std::string>& paths) {
  for (const rules::Entry& entry : map.entries) {
    const std::string path = prefix + entry.key.text;
    paths.insert(path);
    if (entry.value.is_map()) collect_paths(entry.value, path + '.', paths);
  }
}

std::set<std::string> paths_in(std::string_view text) {
  std::set<std::string> paths;
  const rules::Source source("", std::string(text));
  rules::Findings findings(source);
  const auto tree = rules::read_tree(findings);
  if (tree && tree->is_map()) collect_paths(*tree, "", paths);
  return paths;
}

}  // namespace

std::vector<Setting> settings_of(const Config& config, std::string_view text, const Environment& environment) {
  const std::set<std::string> in_file = paths_in(text);
  std::vector<Setting> settings;
  const auto add = [&](const std::string& path, std::string value, std::string_view variable) {
    Setting setting{path, std::move(value), Origin::standard};
    if (environment(std::string(variable))) {
      setting.origin = Origin::environment;
    } else if (in_file.contains(path)) {
      setting.origin = Origin::file;
    }
    settings.push_back(std::move(setting));
  };
  for (const ConfigKey& key : config_keys()) {
    if (key.shown != nullptr) add(std::string(key.path), key.shown(config), environment_name(key.path));
  }
  const auto add_named = [&](std::string_view group, const std::map<std::string, std::string>& named, auto variable) {
    for (const auto& [name, value] : named) add(std::string(group) + name, value, variable(name));
  };
  // A secret is env:NAME or file:PATH; everything else is refused as the configuration is read.
  add_named(kTopics, config.kafka.topics, topic_variable);
  add_named(kProperties, config.kafka.properties, property_variable);
  return settings;
}

}  // namespace kentongan::app
