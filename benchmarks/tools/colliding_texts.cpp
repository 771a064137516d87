// SPDX-License-Identifier: Apache-2.0
// Texts that an adversary would send as ids: 2^N different ones (default 16) with the same boost::hash, a line each.
// That hash has no secret and takes four bytes at a time, so that after each two such words two ways can meet again: N
// meetings in a row are 2^N ways. It says so and fails where the hash of the installed library is another one.
#include <algorithm>
#include <array>
#include <boost/container_hash/hash.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.";
constexpr std::uint32_t kWords = 1U << 21U;  // some of the 2^24 there are: enough to find a meeting

/// Two stretches of eight characters behind which the hash is the same.
using Meeting = std::array<std::string, 2>;

std::uint32_t word(std::uint32_t number) {
  std::uint32_t made = 0;
  for (std::uint32_t i = 0; i < 4; ++i) {
    made |= std::uint32_t{static_cast<unsigned char>(kAlphabet[(number >> (6 * i)) % 64])} << (8 * i);
  }
  return made;
}

std::string letters(std::uint32_t word) {
  std::string text;
  for (std::uint32_t i = 0; i < 4; ++i) text += static_cast<char>((word >> (8 * i)) & 0xFFU);
  return text;
}

bool writable(std::uint64_t value) {
  if (value > UINT32_MAX) return false;
  const std::string text = letters(static_cast<std::uint32_t>(value));
  return text.find_first_not_of(kAlphabet) == std::string::npos;
}

std::size_t behind(std::size_t seed, std::uint32_t word) {
  boost::hash_combine(seed, word);
  return seed;
}

/// Second words that make up for the difference: first - second.
std::optional<std::pair<std::uint32_t, std::uint32_t>> made_up(std::uint64_t difference) {
  for (std::uint32_t i = 0; i < 4096; ++i) {
    const std::uint32_t second = word(i * 2654435761U);
    if (writable(second + difference)) return std::pair{second, static_cast<std::uint32_t>(second + difference)};
  }
  return std::nullopt;
}

std::optional<Meeting> meeting_behind(std::size_t seed) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> reached(kWords);
  for (std::uint32_t i = 0; i < kWords; ++i) reached[i] = {behind(seed, word(i * 8)), word(i * 8)};
  std::sort(reached.begin(), reached.end());
  for (std::size_t i = 1; i < reached.size(); ++i) {
    const auto& [low, low_word] = reached[i - 1];
    const auto& [high, high_word] = reached[i];
    if (high - low > UINT32_MAX) continue;
    if (const auto second = made_up(high - low)) {
      return Meeting{letters(high_word) + letters(second->first), letters(low_word) + letters(second->second)};
    }
  }
  return std::nullopt;
}

std::vector<Meeting> meetings(std::size_t count) {
  std::vector<Meeting> found;
  std::size_t seed = 0;
  while (found.size() < count) {
    const auto next = meeting_behind(seed);
    if (!next) {
      std::fprintf(stderr, "colliding_texts: no two ways meet behind %zu\n", found.size());
      std::exit(1);
    }
    found.push_back(*next);
    for (std::size_t at = 0; at < 8; at += 4) {
      std::uint32_t both = 0;
      for (std::uint32_t i = 0; i < 4; ++i) {
        both |= std::uint32_t{static_cast<unsigned char>((*next)[0][at + i])} << (8 * i);
      }
      seed = behind(seed, both);
    }
  }
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 16;
  if (argc > 2 || count < 1 || count > 20) {
    std::fprintf(stderr, "usage: colliding_texts [N]   2^N texts, N from 1 to 20\n");
    return 2;
  }
  const std::vector<Meeting> found = meetings(count);
  const boost::hash<std::string_view> hash;
  std::optional<std::size_t> expected;
  for (std::size_t ways = 0; ways < (std::size_t{1} << count); ++ways) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += found[i][(ways >> i) & 1U];
    if (hash(text) != expected.value_or(hash(text))) {
      std::fprintf(stderr, "colliding_texts: the hash of this library is another one than it was made for\n");
      return 1;
    }
    expected = hash(text);
    std::printf("%s\n", text.c_str());
  }
  return 0;
}
