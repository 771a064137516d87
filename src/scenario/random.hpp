// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace kentongan::scenario {

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): the same numbers on
/// every machine and with every compiler. Nothing here uses floating point or the standard distributions.
/// A generator is cheap to make, so that each event has one of its own, named by keys: what comes before it
/// never changes it.
class Random {
 public:
  explicit constexpr Random(std::uint64_t state) : state_(state) {}
  /// The generator named by a seed and keys, in this order.
  [[nodiscard]] static constexpr Random of(std::uint64_t seed, std::initializer_list<std::uint64_t> keys) {
    std::uint64_t state = mix(seed + kStep);
    for (const std::uint64_t key : keys) state = mix(state ^ mix(key + kStep));
    return Random(state);
  }

  /// A key from a name (FNV-1a, 64 bits).
  [[nodiscard]] static constexpr std::uint64_t key(std::string_view text) {
    std::uint64_t key = 0xCBF2'9CE4'8422'2325;
    for (const char letter : text) key = (key ^ static_cast<unsigned char>(letter)) * 0x100'0000'01B3;
    return key;
  }

  constexpr std::uint64_t next() { return mix(state_ += kStep); }
  /// 0 to n - 1; 0 where n is 0. Off from even by less than n / 2^32.
  constexpr std::uint32_t below(std::uint64_t n) {
    return static_cast<std::uint32_t>(((next() >> 32) * (n & 0xFFFF'FFFF)) >> 32);
  }
  /// Both ends included.
  constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }
  constexpr bool chance(std::uint32_t per_million) { return below(1'000'000) < per_million; }
  template <class Items>
  constexpr const auto& pick(const Items& items) {
    return items[below(items.size())];
  }

  [[nodiscard]] static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
    return z ^ (z >> 31);
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E37'79B9'7F4A'7C15;
  std::uint64_t state_;
};

}  // namespace kentongan::scenario
