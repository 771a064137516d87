// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kentongan {

/// The text (valid UTF-8) without spaces around it and in small letters, so that two spellings of a name compare
/// equal. Latin, Greek, Cyrillic and Armenian capitals are known; other letters stay as they are.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace kentongan
