// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codec/json_keys.hpp"

namespace kentongan::codec {

/// A sender writes the keys of its events in one order. So what stood behind a key the last time is looked for first:
/// three words are compared, in place of a search for the closing quote and for the key among the known ones. A guess
/// that fails costs little, and one that holds says what the search would have found.
class KeyGuesses {
 public:
  /// With its quotes and the colon.
  static constexpr std::size_t kLongest = 24;

  /// Behind which key a guess holds, and whether that stood below the document's own object.
  class Place {
   public:
    Place() = default;
    Place(KeyMatch match, bool nested)
        : index_(static_cast<std::uint8_t>(
              (match.key == Key::unknown ? kUnknown | match.hash : static_cast<unsigned>(match.key) % kUnknown) |
              (nested ? kNested : 0U))) {}

    [[nodiscard]] std::size_t index() const { return index_; }

   private:
    static constexpr unsigned kUnknown = 64;
    static constexpr unsigned kNested = 128;
    std::uint8_t index_ = 0;
  };

  struct Guess {
    std::array<std::uint64_t, kLongest / 8> words{1};  ///< as it is written; at first what no mask leaves
    std::array<std::uint64_t, kLongest / 8> masks{};   ///< the bytes that count
    std::uint8_t size = 0;
    KeyMatch match;
    Place behind;  ///< the place of the next guess

    /// At least kLongest bytes must be readable.
    [[nodiscard]] bool stands_at(const char* p) const {
      return (((detail::load_word(p) & masks[0]) ^ words[0]) | ((detail::load_word(p + 8) & masks[1]) ^ words[1]) |
              ((detail::load_word(p + 16) & masks[2]) ^ words[2])) == 0;
    }
    /// `p` is the opening quote of a key without escapes, right behind which stands the colon.
    void remember(const char* p, std::size_t with_quotes_and_colon, KeyMatch found, Place place) {
      if (with_quotes_and_colon > kLongest) return;
      size = static_cast<std::uint8_t>(with_quotes_and_colon);
      for (std::size_t i = 0; i < words.size(); ++i) {
        masks[i] = first_bytes(with_quotes_and_colon - std::min(with_quotes_and_colon, 8 * i));
        words[i] = detail::load_word(p + 8 * i) & masks[i];
      }
      match = found;
      behind = place;
    }
  };

  /// All of them, by Place::index(). Valid as long as this is.
  [[nodiscard]] Guess* all() { return guesses_.data(); }

 private:
  [[nodiscard]] static std::uint64_t first_bytes(std::size_t count) {
    return count >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * count)) - 1;
  }

  std::vector<Guess> guesses_ = std::vector<Guess>(256);
};

}  // namespace kentongan::codec
