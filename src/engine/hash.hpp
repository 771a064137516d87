// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kentongan::engine {

/// 16 hex digits that identify a text. Stable across versions and machines: alert ids are made of it.
[[nodiscard]] std::string hash_text(std::string_view text);
/// The same as a number; never 0.
[[nodiscard]] std::uint64_t hash_number(std::string_view text);

}  // namespace kentongan::engine
