// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/source.hpp"

namespace kentongan::rules {

/// Some bytes of one line of a file, and what goes in their place; the new text holds no line end.
struct Edit {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
  Position begin = {};  ///< filled in by Findings
  Position end = {};    ///< behind the last character that goes
};

/// What certainly repairs a mistake: all of it, or nothing. Empty where only the author can know.
using Fix = std::vector<Edit>;

}  // namespace kentongan::rules
