// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "app/config.hpp"

/// Parts of config: the keys that there are, and the variables of the environment.
namespace kentongan::app {

/// One key: its path, what it takes, how a text becomes its value (false: it is none), and what to do about a
/// text that is none, where more can be said than what the key takes.
struct ConfigKey {
  std::string_view path;
  std::string_view takes;
  bool (*set)(Config&, const std::string&);
  std::string (*hint)(const std::string&) = nullptr;
  std::string (*shown)(const Config&) = nullptr;  ///< the value that is in effect; none: it is not shown

  [[nodiscard]] std::string hint_for(const std::string& text) const { return hint == nullptr ? "" : hint(text); }
};

/// All but journal.topics.ROLE and journal.properties.NAME, whose names are many.
[[nodiscard]] std::span<const ConfigKey> config_keys();

/// Those of them below `notify`.
[[nodiscard]] std::span<const ConfigKey> notify_keys();
/// Those of access, TLS and retention.
[[nodiscard]] std::span<const ConfigKey> access_keys();

inline constexpr std::array<std::string_view, 9> kTopicRoles{
    "reports", "campaigns", "logistics", "readiness", "actions", "alerts", "risk", "deadletter", "state"};
inline constexpr std::string_view kTopics = "journal.topics.";
inline constexpr std::string_view kProperties = "journal.properties.";

/// What is wrong with settings of `notify` that are good one by one; a line for each.
[[nodiscard]] std::string wrong_together(const NotifyConfig& notify);

/// The same of `http` and `access`.
[[nodiscard]] std::string wrong_access(const Config& config);

/// KENTONGAN_HTTP_LISTEN for http.listen.
[[nodiscard]] std::string environment_name(std::string_view path);
/// Those of journal.topics.ROLE and journal.properties.NAME.
[[nodiscard]] std::string topic_variable(std::string_view role);
[[nodiscard]] std::string property_variable(std::string_view name);

/// Lets the environment overrule the configuration. A line for each variable that is wrong.
[[nodiscard]] std::string read_environment(Config& config, const Environment& environment);

}  // namespace kentongan::app
