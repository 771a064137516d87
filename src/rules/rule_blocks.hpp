// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/map_reader.hpp"
#include "rules/rule.hpp"
#include "rules/set_context.hpp"

namespace kentongan::rules {

/// A rule's block with the `per` beside it. `rule` holds the rule's keys,
/// `name` is the block's.
[[nodiscard]] Block compile_block(SetContext& context, const MapReader& rule, std::string_view name, EventType on);

}  // namespace kentongan::rules
