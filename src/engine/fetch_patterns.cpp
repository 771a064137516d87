// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch_patterns.hpp"

#include "engine/fetch_ahead.hpp"

namespace kentongan::engine {
namespace {

/// Calls `visit` for each pattern of the area that exists already.
template <class Visit>
void each_pattern(std::span<const rules::Match> matched, PlaceId area, const Context& context, const Patterns& patterns,
                  Visit visit) {
  ScopeRef scope;
  scope.place = area;
  for (const rules::Match& match : matched) {
    const RuleTraits& traits = context.traits(match.rule);
    if (!traits.takes_part || !traits.per_area) continue;
    if (const auto id = patterns.find(match.rule, scope)) visit(patterns.at(*id));
  }
}

}  // namespace

void fetch_patterns(std::span<const rules::Match> matched, PlaceId area, const Context& context,
                    const Patterns& patterns) {
  each_pattern(matched, area, context, patterns, [](const Pattern& pattern) { fetch_ahead(pattern); });
}

void fetch_window_ends(std::span<const rules::Match> matched, PlaceId area, const Context& context,
                       const Patterns& patterns) {
  each_pattern(matched, area, context, patterns, [](const Pattern& pattern) {
    const auto entries = pattern.window.entries();
    if (entries.empty()) return;
    fetch_ahead(entries.back());
    fetch_ahead(entries.front());  // soon to leave
    if (pattern.episode) fetch_ahead(*pattern.episode);
  });
}

}  // namespace kentongan::engine
