// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/fix.hpp"
#include "rules/node.hpp"
#include "rules/source.hpp"

namespace kentongan::rules {

// Fixes of which there can be no doubt. Each function gives an empty one where there is any.

/// The known name that alone is near: a letter or two of difference, and no other name as near as that. A hint may
/// guess; this does not.
[[nodiscard]] std::optional<std::string_view> only_near(std::string_view name,
                                                        const std::vector<std::string_view>& known);

/// Writes `to` instead of the scalar, in its quotes.
[[nodiscard]] Fix rename(const Source& source, const Node& scalar, std::string_view to);
/// The same with the only near name, or the one that the scalar is the Indonesian of.
[[nodiscard]] Fix rename_to_near(const Source& source, const Node& scalar, const std::vector<std::string_view>& known);

/// Puts a plain scalar into double quotes, or takes the quotes away.
[[nodiscard]] Fix with_quotes(const Source& source, const Node& scalar);
[[nodiscard]] Fix without_quotes(const Source& source, const Node& scalar);

/// Replaces this text, if it stands at the place: a name in an expression.
[[nodiscard]] Fix replace_text(const Source& source, std::size_t offset, std::string_view text, std::string_view by);

}  // namespace kentongan::rules
