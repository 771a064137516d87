// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kentongan::rules {

/// A JSON string literal with quotes. Control characters are escaped, what is no UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);
[[nodiscard]] std::string json_string(std::string_view text);

/// Keys and values of an object; each value is JSON text already. An object keeps this order.
using JsonMembers = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string json_object(const JsonMembers& members);
/// Of values that are JSON text already.
[[nodiscard]] std::string json_array(const std::vector<std::string>& values);

}  // namespace kentongan::rules
