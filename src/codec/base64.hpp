// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kentongan::codec {

/// The bytes of a text in the standard or the URL alphabet (RFC 4648), with or without padding. None: it is none.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace kentongan::codec
