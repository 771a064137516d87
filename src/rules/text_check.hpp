// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "rules/findings.hpp"

namespace kentongan::rules {

/// Largest rule file, in bytes; some 5,000 rules. What the YAML library needs grows with it.
inline constexpr std::size_t kMaxFileBytes = 2 * 1024 * 1024;

/// What must hold of the bytes before a YAML parser may see them: size, UTF-8, no NUL or other control
/// character, lines end in LF or CR LF, brackets not absurdly nested. False (and a finding) otherwise.
[[nodiscard]] bool check_text(Findings& findings);

/// Length of the code point that begins here, 0 when the bytes are not UTF-8.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);

}  // namespace kentongan::rules
