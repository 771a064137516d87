// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"

/// Signatures as of Standard Webhooks: HMAC-SHA256 over "ID.SECONDS.BODY".
namespace kentongan::notify {

/// Keys from a text like "whsec_BASE64", several with spaces between (while one takes the place of another). 24 to 64
/// bytes each. Error::usage, without the secret.
[[nodiscard]] Result<std::vector<std::string>> read_keys(std::string_view text);

/// "v1,BASE64", one for each key with spaces between: the header `webhook-signature`.
[[nodiscard]] std::string sign(const std::vector<std::string>& keys, std::string_view id, std::string_view seconds,
                               std::string_view body);

}  // namespace kentongan::notify
