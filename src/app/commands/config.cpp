// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::standard:
      return "default";
    case Origin::file:
      return "file";
    case Origin::environment:
      return "environment";
  }
  return "";
}

std::string to_json(const std::vector<Setting>& settings) {
  std::string json = "{\"settings\":[";
  for (const Setting& setting : settings) {
    if (!json.ends_with('[')) json += ',';
    json += "{\"key\":";
    codec::append_string(json, setting.path);
    json += ",\"value\":";
    codec::append_string(json, setting.value);
    json += fmt::format(",\"origin\":\"{}\"}}", name_of(setting.origin));
  }
  return json + "]}";
}

Result<std::string> text_of(const std::optional<std::filesystem::path>& path) {
  return path ? read_config_text(*path) : Result<std::string>("");
}

}  // namespace

int config_check(const ConfigArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return complain("config check", config.error());
  for (const std::string& line : misspelt_variables()) fmt::print(stderr, "warning: {}\n", line);
  fmt::print("the configuration is good\n");
  return kGood;
}

int config_show(const ConfigArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return complain("config show", config.error());
  const auto text = text_of(arguments.config);
  if (!text) return complain("config show", text.error());
  const auto settings = settings_of(*config, *text, process_environment());
  if (arguments.format == "json") {
    fmt::print("{}\n", to_json(settings));
    return kGood;
  }
  for (const Setting& setting : settings) {
    fmt::print("{:<28} {:<36} {}\n", setting.path, setting.value.empty() ? "-" : setting.value,
               name_of(setting.origin));
  }
  return kGood;
}

}  // namespace kentongan::app
