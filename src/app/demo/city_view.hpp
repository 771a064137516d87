// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/level.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "domain/time.hpp"

/// What anybody can ask the service about the city.
namespace kentongan::app::demo {

struct AreaView {
  std::string code, name;
  Level level = Level::aman;
  double score = 0;
};
struct DistrictView {
  std::string name;
  std::vector<AreaView> areas;  ///< by code
};

struct AlertView {
  std::string id, rule, area;
  LocalText message, recommend;
  std::string reason_code, reason;  ///< of its last step
  std::int64_t count = 0, distinct = 0;
  std::string state;
  Level level = Level::aman;
  TimePoint since;
  bool proposed = false;
  std::vector<std::string> to, steps;
};

struct CityView {
  std::vector<DistrictView> districts;
  std::vector<AlertView> alerts;  ///< newest first, shadow ones left out
  std::array<std::uint64_t, kVerdicts> verdicts{};

  [[nodiscard]] std::size_t alerts_in(std::string_view state) const;
};

/// Asks the service at `listen`. `reference`: to which kecamatan a kelurahan belongs.
[[nodiscard]] Result<CityView> look_at(const std::string& listen, const Reference& reference);
/// Only alerts in this state; empty: all, newest first, at most a page.
[[nodiscard]] Result<std::vector<AlertView>> alerts_of(const std::string& listen, std::string_view state);

}  // namespace kentongan::app::demo
