// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kentongan::rules {

/// A JSON string literal with quotes. The text is valid UTF-8; control characters are escaped.
void append_json_string(std::string& out, std::string_view text);

}  // namespace kentongan::rules
