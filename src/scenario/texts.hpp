// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "scenario/random.hpp"

namespace kentongan::scenario {

/// A sentence as somebody of the neighbourhood would write it about this category; no name of a person, a party
/// or a group. Empty for categories that reports of the scenario do not have.
[[nodiscard]] std::string_view sentence_about(std::string_view category, Random& random);

}  // namespace kentongan::scenario
