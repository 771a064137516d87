// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace kentongan::kafka {

/// What a broker and the client want to know of a token.
struct TokenClaims {
  std::int64_t expires_ms = 0;  ///< since 1970
  std::string principal;        ///< `sub`
};

/// The claims of a JSON Web Token. The signature is the broker's to check. Error::usage, without a byte of the token.
[[nodiscard]] Result<TokenClaims> read_token(std::string_view token);

}  // namespace kentongan::kafka
