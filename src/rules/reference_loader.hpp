// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "domain/reference.hpp"
#include "duty/roster.hpp"
#include "rules/diagnostic.hpp"

namespace kentongan::rules {

struct LoadedReference {
  std::shared_ptr<const Reference> reference;  ///< null when there are errors
  std::shared_ptr<const duty::Roster> roster;  ///< null when there are errors; without people where there is no file
  Diagnostics diagnostics;                     ///< each with file, line and what to do
};

/// Reads areas.csv, neighbours.csv and calendar.csv (required) and the optional files of the reference
/// directory. Formats: docs/reference/reference-data.md. A missing directory is an error diagnostic
/// with the directory as its file.
[[nodiscard]] LoadedReference load_reference(const std::filesystem::path& directory);

}  // namespace kentongan::rules
