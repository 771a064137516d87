// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kentongan::codec {

/// For the text of an HTML element or a quoted attribute.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace kentongan::codec
