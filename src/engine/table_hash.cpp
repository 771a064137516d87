// SPDX-License-Identifier: Apache-2.0
#include "engine/table_hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <random>

namespace kentongan::engine {
namespace {

std::uint64_t drawn() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

const std::uint64_t kSecret = drawn();

}  // namespace

std::size_t table_hash(std::string_view text, std::uint64_t beside) noexcept {
  return XXH3_64bits_withSeed(text.data(), text.size(), kSecret + beside);
}

}  // namespace kentongan::engine
