// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "rules/diagnostic.hpp"

namespace kentongan::rules {

/// A SARIF 2.1.0 log of one run, on one line, for code scanning and editors. `version`: of the program.
/// Columns are code points. The rules of the driver are the codes found, in alphabetical order. Files are URIs relative
/// to the working directory, or `file:` where their path is absolute. A finding about a whole file has no region.
[[nodiscard]] std::string to_sarif(const Diagnostics& diagnostics, std::string_view version,
                                   said::Language language = said::Language::english);

}  // namespace kentongan::rules
