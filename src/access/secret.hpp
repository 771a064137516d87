// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace kentongan::access {

/// A token as its holder has it: `ktg_`, twelve hex digits that name it, `_`, and 43 characters (base64url) of 256
/// random bits.
struct Token {
  std::string id;
  std::string secret;

  [[nodiscard]] std::string text() const { return "ktg_" + id + "_" + secret; }
};

/// None: it has not this form.
[[nodiscard]] std::optional<Token> read_token(std::string_view text);
/// What stands behind `Bearer` in an Authorization header; none: it is another scheme, or nothing.
[[nodiscard]] std::optional<std::string_view> bearer_of(std::string_view authorization);

[[nodiscard]] Result<std::string> random_bytes(std::size_t count);
[[nodiscard]] Result<Token> new_token();

/// What a hash costs: about 128 * n * r bytes, and time in proportion to n * r * p.
struct ScryptCost {
  std::uint64_t n = 32768;  ///< a power of two
  std::uint64_t r = 8;
  std::uint64_t p = 1;

  /// Neither so small that it protects nothing nor so large that it stops the service.
  [[nodiscard]] bool fair() const noexcept;
};
/// 32 bytes.
[[nodiscard]] Result<std::string> scrypt(std::string_view secret, std::string_view salt, const ScryptCost& cost);

using Digest = std::array<unsigned char, 32>;
[[nodiscard]] Digest sha256(std::string_view text);
/// In a time that does not depend on where they differ.
[[nodiscard]] bool same(std::string_view a, std::string_view b);
[[nodiscard]] bool same(const Digest& a, const Digest& b);

[[nodiscard]] std::string to_hex(std::string_view bytes);

}  // namespace kentongan::access
