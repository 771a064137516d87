// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kentongan::engine {

/// The hash of texts that come from outside, for tables in memory: XXH3 with a secret of this process, so that nobody
/// can choose texts that fall together. Differs from run to run: never of what is saved or written, and no result may
/// depend on the order of a table. What is saved has hash_text().
[[nodiscard]] std::size_t table_hash(std::string_view text, std::uint64_t beside = 0) noexcept;

struct TextHash {
  using is_avalanching = void;
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return table_hash(text); }
};

}  // namespace kentongan::engine
