// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/rule_source.hpp"

namespace kentongan::app {

/// `kentongan demo`: a generated campaign through the real service, shown as it goes.
struct DemoArguments {
  std::optional<std::string> speed;  ///< 3600x; none: that, or with `once` what takes about 45 s
  bool once = false;
  std::uint64_t seed = 1;
  int days = 45;
  std::optional<std::filesystem::path> data;  ///< where journal and configuration stay; none: they do not
  RuleSource source;
  std::string language;  ///< en or id; empty: see language_for()
};
[[nodiscard]] int demo_command(const DemoArguments& arguments);

}  // namespace kentongan::app
