// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/commands/engine_options.hpp"
#include "app/rule_source.hpp"

namespace kentongan::app {

/// `kentongan report`: the figures of a period, from the journal of a service or from a file of events.
struct ReportArguments {
  std::string from, to;
  std::optional<std::string> events;  ///< file; none: the journal of `config`
  std::optional<std::filesystem::path> config;
  RuleSource source;  ///< `rules` empty: those of the configuration, or of the installation
  EngineArguments engine;
  std::string format = "md";
  std::string language = "id";
};
[[nodiscard]] int report(const ReportArguments& arguments);

}  // namespace kentongan::app
