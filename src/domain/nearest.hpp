// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kentongan {

/// Number of insertions, deletions, replacements and swaps of neighbours between two texts (bytes;
/// capitals and the difference between `-` and `_` are free), or limit + 1 when it is more than `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The known name that is most like `name`, if one is near: about a third of its letters may differ.
/// Of equally near ones the first.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name,
                                                      const std::vector<std::string_view>& known);

/// "did you mean `x`?" for a near name, else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known,
                                       std::string otherwise = {});

/// The names joined as a sentence needs them: "`a`, `b` or `c`".
[[nodiscard]] std::string one_of(const std::vector<std::string_view>& names);

}  // namespace kentongan
