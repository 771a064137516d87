// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/reference.hpp"
#include "rules/loader.hpp"

namespace kentongan::rules {

struct Fixed {
  std::vector<SourceFile> files;  ///< in the order given, repaired or as they were
  std::size_t fixes = 0;          ///< how many mistakes were repaired
};

/// Repairs all that is certain (Diagnostic::fix), again and again until nothing is left of that: what hid behind a
/// mistake may be certain too. Comments and layout stay as they are. Pure.
[[nodiscard]] Fixed fix_files(std::vector<SourceFile> files, const Reference& reference);

}  // namespace kentongan::rules
