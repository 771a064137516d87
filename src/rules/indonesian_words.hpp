// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace kentongan::rules {

/// The key that somebody means who writes it in Indonesian: `title` for `judul`. Case does not matter.
[[nodiscard]] std::optional<std::string_view> key_meant_by(std::string_view indonesian);

/// The same of a word, a level, a stage, a scope or a field, where it is one of the known: `area` for `kelurahan`,
/// `awas` for `merah`.
[[nodiscard]] std::optional<std::string_view> word_meant_by(std::string_view indonesian,
                                                            const std::vector<std::string_view>& known);

}  // namespace kentongan::rules
