// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/reference.hpp"

namespace kentongan::scenario {

struct NationSize {
  std::uint32_t cities = 1;            ///< 1 to 1,000
  std::optional<std::uint32_t> areas;  ///< kelurahan of each city, 1 to 1,000; default: as many as the model has
};

/// A file of a reference directory.
struct ReferenceFile {
  std::string name;
  std::string text;
};

/// Reference data of an invented nation. Its first city is the first one of `model`, cut to its first `areas`
/// kelurahan, or invented too when it has fewer; the others are invented: kelurahan in a grid, 15 to a kecamatan,
/// with the model's calendar, days and zone. Error::usage: a size out of range, or a model without a city.
[[nodiscard]] Result<std::vector<ReferenceFile>> nation_files(const Reference& model, const NationSize& size);

}  // namespace kentongan::scenario
