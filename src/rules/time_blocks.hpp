// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/map_reader.hpp"
#include "rules/rule.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// The blocks that have conditions of their own in place of the rule's. `rule` holds the rule's keys, `block` those of
/// the block; `on` is what steps look at that do not say it; `per` is the value of that key, or null.
[[nodiscard]] SequenceBlock compile_sequence(SetContext& context, const MapReader& rule, const MapReader& block,
                                             EventType on, const Node* per);
/// An absence after an event, or one of each member by a moment of the calendar.
[[nodiscard]] Block compile_absence(SetContext& context, const MapReader& rule, const MapReader& block, EventType on,
                                    const Node* per);
[[nodiscard]] SpikeBlock compile_spike(const MapReader& block, Per per);

}  // namespace kentongan::rules
