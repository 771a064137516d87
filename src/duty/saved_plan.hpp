// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "duty/pending.hpp"

namespace kentongan::duty {

using CityPlans = std::map<std::string, CityPlan, std::less<>>;  ///< by code

/// The same plans give the same bytes.
[[nodiscard]] std::string save_plans(const CityPlans& plans);
/// None: not readable, or written by a newer version.
[[nodiscard]] std::optional<CityPlans> load_plans(std::string_view bytes);

}  // namespace kentongan::duty
