// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace kentongan::rules {

/// The key that somebody means who writes it in Indonesian: `title` for `judul`. Case does not matter.
[[nodiscard]] std::optional<std::string_view> key_meant_by(std::string_view indonesian);

}  // namespace kentongan::rules
