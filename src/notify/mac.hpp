// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kentongan::notify {

/// HMAC-SHA256 (RFC 2104): 32 bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view content);

/// SHA-256: 32 bytes.
[[nodiscard]] std::string sha256(std::string_view content);

/// Whether they are equal; the time it takes says nothing of where they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace kentongan::notify
