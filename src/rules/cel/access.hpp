// SPDX-License-Identifier: Apache-2.0
// Fields and elements of values.
#pragma once

#include <string_view>

#include "rules/cel/arena.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// target.field and target.?field. Of an optional the outcome is an optional again. The
// name must outlive the outcome, which may point to it.
[[nodiscard]] Value select_field(const Value& target, const std::string_view& field, bool optional, Arena& arena);

// has(target.field)
[[nodiscard]] Value has_field(const Value& target, std::string_view field);

// target[key] and target[?key]
[[nodiscard]] Value element_at(const Value& target, const Value& key, bool optional, Arena& arena);

}  // namespace kentongan::cel
