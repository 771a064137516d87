// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/rule_source.hpp"

/// The subcommands about those who are told; see commands.hpp.
namespace kentongan::app {

struct DutyArguments {
  RuleSource source;
  std::optional<std::string> at, area, role;
  std::string format = "text";
};
/// Who is on duty.
[[nodiscard]] int duty_list(const DutyArguments& arguments);

struct DutyPlanArguments {
  RuleSource source;
  std::optional<std::string> until;
  std::string group_wait = "30s", group_window = "15m";
  std::string input = "-";
};
/// Deliveries for the alerts that are read.
[[nodiscard]] int duty_plan(const DutyPlanArguments& arguments);

struct CapArguments {
  RuleSource source;
  std::string sender;
  std::string sender_name, web, contact;  ///< empty: left out
  std::string status = "Actual", scope = "Restricted";
  std::optional<std::filesystem::path> folder;  ///< none: to standard output
  std::string input = "-";
};
[[nodiscard]] int cap(const CapArguments& arguments);

}  // namespace kentongan::app
