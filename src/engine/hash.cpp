// SPDX-License-Identifier: Apache-2.0
#include "engine/hash.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace kentongan::engine {

namespace {

std::uint64_t hash_of(std::string_view text) {
  // FNV-1a (64 bit), then the finaliser of MurmurHash3, which spreads the last characters over all bits.
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash = (hash ^ (hash >> 33U)) * 0xff51afd7ed558ccdULL;
  hash = (hash ^ (hash >> 33U)) * 0xc4ceb9fe1a85ec53ULL;
  hash ^= hash >> 33U;
  return hash;
}

}  // namespace

std::string hash_text(std::string_view text) { return fmt::format("{:016x}", hash_of(text)); }

std::uint64_t hash_number(std::string_view text) {
  const std::uint64_t hash = hash_of(text);
  return hash == 0 ? 1 : hash;
}

}  // namespace kentongan::engine
