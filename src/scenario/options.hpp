// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace kentongan::scenario {

/// How often the real world gets in between, of a million lines each. The defaults are rates, documented in
/// docs/reference/scenario.md.
struct Noise {
  std::uint32_t duplicates = 10'000;   ///< the same line again, within ten minutes
  std::uint32_t delayed = 100'000;     ///< comes minutes later than it happened
  std::uint32_t late = 20'000;         ///< comes 1 to 40 hours later
  std::uint32_t corrections = 10'000;  ///< of everyday reports, hours later
  std::uint32_t refutations = 5'000;   ///< of everyday reports, hours later, by the police
  std::uint32_t malformed = 3'000;     ///< a broken line before the good one
};

struct Options {
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> events;  ///< about so many lines in all; default: 350 a kelurahan
  int days = 45;                        ///< up to voting day and with it, 1 to 45
  std::uint32_t stories = 1;            ///< of each kind in each city
  std::uint32_t symptoms = 250'000;     ///< small incidents of calm life, of a million area-days
  Noise noise;
};

}  // namespace kentongan::scenario
