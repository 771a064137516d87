// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "rules/fix.hpp"
#include "rules/source.hpp"

namespace kentongan::rules {

// Repairs of what keeps a YAML reader from reading a file at all.

/// Spaces for the tabs of all indentation. Only where the file can then be read and means the same however wide a tab
/// is taken to be.
[[nodiscard]] Fix spaces_for_tabs(const Source& source);

/// Quotes around the text with `{{ }}` in the line of this place or the one above, if its end is plain to see.
[[nodiscard]] Fix quotes_around_braces(const Source& source, std::size_t offset);

}  // namespace kentongan::rules
