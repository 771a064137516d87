// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/map_reader.hpp"
#include "rules/rule.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// The blocks that look at campaign entries. `rule` holds the rule's keys, `block` those of the block.
[[nodiscard]] ClashBlock compile_clash(SetContext& context, const MapReader& rule, const MapReader& block,
                                       EventType on);
/// `per`: the value of the key, in the block or beside it; null: not given.
[[nodiscard]] QuotaBlock compile_quota(const MapReader& rule, const MapReader& block, EventType on, const Node* per);

}  // namespace kentongan::rules
