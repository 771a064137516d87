// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kentongan::app {

/// What `diff -u` prints for two texts with as many lines, as repairs leave them: `--- name`, `+++ name` and a hunk for
/// each group of changed lines, with three lines around it. Empty where nothing differs. `patch` takes it.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace kentongan::app
