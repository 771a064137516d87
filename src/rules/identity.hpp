// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/findings.hpp"

namespace kentongan::rules {

/// The neutrality guard: areas are scored, never people, parties, religions or ethnic groups.
/// The first word of the text that names one of them, as written; none where there is none. Whole words
/// only, capitals ignored; `-`, `_`, `.` and all other punctuation divide words. The list is documented in
/// docs/reference/rules.md; it knows names of groups, not places of worship, regions or criticism.
[[nodiscard]] std::optional<std::string> identity_term(std::string_view text);

/// Makes the finding for a text at this place; false when there was one.
bool check_identity(Findings& findings, std::size_t offset, TextView what, std::string_view text);

}  // namespace kentongan::rules
