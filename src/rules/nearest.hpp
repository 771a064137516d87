// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "domain/nearest.hpp"
#include "rules/said/text.hpp"

namespace kentongan::rules {

using kentongan::edit_distance;
using kentongan::nearest;
using said::one_of;

/// "did you mean `x`?" for a near name, or one that the name is the Indonesian of, else `otherwise`.
[[nodiscard]] said::Text did_you_mean(std::string_view name, const std::vector<std::string_view>& known,
                                      said::TextView otherwise = {});

}  // namespace kentongan::rules
