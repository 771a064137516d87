// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scenario/story.hpp"

/// Kinds of stories by subject; each adds its own to the list.
namespace kentongan::scenario {

void add_pressure(std::vector<Kind>& kinds);
void add_offences(std::vector<Kind>& kinds);
void add_campaigns(std::vector<Kind>& kinds);
void add_logistics(std::vector<Kind>& kinds);
void add_polling(std::vector<Kind>& kinds);
void add_restraint(std::vector<Kind>& kinds);

}  // namespace kentongan::scenario
