// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/alerts/remote.hpp"

namespace CLI {
class App;
}

/// `kentongan alerts`: the alerts of a running service, looked at and answered over HTTP.
namespace kentongan::app {

struct AlertsArguments {
  std::optional<std::filesystem::path> config;
  std::string url;  ///< empty: that of the configuration
  std::optional<std::filesystem::path> token_file;
  std::filesystem::path ca_file;
  std::string format = "text";
  std::string language;      ///< en or id; empty: that of the environment
  alerts::Filter filter;     ///< of `list` and `watch`
  std::string every = "2s";  ///< of `watch`
  std::vector<std::string> alerts;
  std::string action;  ///< of those that act: as the event has it
  std::string actor, role, note;
  std::string assignee;  ///< of assign
  std::string until;     ///< of snooze: a time, or a duration from now
  bool wait = false;     ///< until it took effect
};

[[nodiscard]] int alerts_list(const AlertsArguments& arguments);
[[nodiscard]] int alerts_show(const AlertsArguments& arguments);
[[nodiscard]] int alerts_act(const AlertsArguments& arguments);
/// Until it is interrupted.
[[nodiscard]] int alerts_watch(const AlertsArguments& arguments);

/// Adds the subcommand; `chosen` becomes what the line asks for.
void add_alerts(CLI::App& app, std::function<int()>& chosen);

}  // namespace kentongan::app
