// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "rules/diagnostic.hpp"

namespace kentongan::rules {

enum class Colour { no, yes };

/// For people: each finding with its line and a caret under the place.
///
///     rules/a.yaml:7:5: error: a rule has no key `mach` [unknown-key]
///        7 |     mach: {kind: incident}
///          |     ^
///          = did you mean `match`?
[[nodiscard]] std::string to_text(const Diagnostics& diagnostics, Colour colour = Colour::no,
                                  said::Language language = said::Language::english);

/// "1 error and 2 warnings in 3 files (14 rules)", or "no problems in ..".
[[nodiscard]] std::string summary(const Diagnostics& diagnostics, std::size_t files, std::size_t rules,
                                  said::Language language = said::Language::english);

/// {"files":n,"rules":n,"errors":[..],"warnings":[..]} on one line. What has a certain repair says it as
/// "fix":[{"line","column","end_line","end_column","text"}]; the end is behind the last character that goes.
[[nodiscard]] std::string to_json(const Diagnostics& diagnostics, std::size_t files, std::size_t rules,
                                  said::Language language = said::Language::english);

}  // namespace kentongan::rules
