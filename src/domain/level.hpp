// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kentongan {

/// Risk levels in rising order. `aman` (safe) is the absence of a level.
enum class Level : std::uint8_t { aman, waspada, siaga, awas };

inline constexpr std::size_t kLevels = 4;
inline constexpr std::array<std::string_view, kLevels> kLevelNames{"aman", "waspada", "siaga", "awas"};

[[nodiscard]] constexpr std::string_view name_of(Level level) { return kLevelNames[static_cast<std::size_t>(level)]; }
[[nodiscard]] constexpr std::optional<Level> level_named(std::string_view name) {
  for (std::size_t i = 0; i < kLevels; ++i) {
    if (kLevelNames[i] == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}

}  // namespace kentongan
