// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/pages/command_page.hpp"

/// The commands that tell of the command line itself.
namespace kentongan::app {

struct ManArguments {
  std::vector<std::string> command;             ///< "journal", "dump"; empty: the program
  std::optional<std::filesystem::path> folder;  ///< write all pages there
};
[[nodiscard]] int man(const ManArguments& arguments, const CommandPage& program, std::string_view version);

[[nodiscard]] int print_completion(const std::string& shell, const CommandPage& program);

}  // namespace kentongan::app
