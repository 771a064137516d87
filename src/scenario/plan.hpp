// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scenario/setting.hpp"
#include "scenario/story.hpp"

namespace kentongan::scenario {

/// Which story happens where and when, in the order of their beginnings. Stories of a city have kelurahan of
/// their own as long as there are enough. What a city lacks (neighbours apart) or the days do not hold is left out.
[[nodiscard]] std::vector<Plot> plan_stories(const Setting& setting);

/// Kelurahan that calm life has to leave out, sorted by area.
[[nodiscard]] std::vector<Silence> silences_of(const std::vector<Plot>& plots);

}  // namespace kentongan::scenario
