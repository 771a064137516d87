// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/context.hpp"
#include "engine/patterns.hpp"
#include "rules/matcher.hpp"

namespace kentongan::engine {

/// A report comes to a handful of patterns that lie far apart in memory. All of them are asked for before the first one
/// is looked at, and so are then the ends of their windows; neither changes anything.
void fetch_patterns(std::span<const rules::Match> matched, PlaceId area, const Context& context,
                    const Patterns& patterns);
/// To be called a while later, as the patterns have to be there.
void fetch_window_ends(std::span<const rules::Match> matched, PlaceId area, const Context& context,
                       const Patterns& patterns);

}  // namespace kentongan::engine
