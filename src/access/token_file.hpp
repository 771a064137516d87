// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/secret.hpp"
#include "domain/error.hpp"
#include "domain/time.hpp"
#include "ports/caller.hpp"

namespace kentongan::access {

/// A token as the file knows it: everything but the secret.
struct TokenRecord {
  std::string id;
  std::string name;  ///< a pseudonym, 1 to 64 of letters, digits, dot, dash, underscore
  ports::Role role = ports::Role::viewer;
  std::string duty;                ///< the role of the roster under which its actions go; may be empty
  std::vector<std::string> areas;  ///< empty: everywhere
  TimePoint created;
  std::optional<TimePoint> expires;
  std::optional<TimePoint> revoked;
  ScryptCost cost;
  std::string salt, hash;  ///< bytes

  [[nodiscard]] bool valid_at(TimePoint now) const noexcept { return !revoked && (!expires || now < *expires); }
  [[nodiscard]] ports::Caller caller() const;
};

inline constexpr std::size_t kMostTokens = 10'000;

/// A record for this secret, with a salt of its own.
[[nodiscard]] Result<TokenRecord> make_record(const Token& token, TokenRecord about);
/// Whether the secret is that of the record. Slow.
[[nodiscard]] bool is_secret_of(std::string_view secret, const TokenRecord& record);

[[nodiscard]] bool is_token_name(std::string_view name);
/// Digits and dots, as codes of places are.
[[nodiscard]] bool is_area_code(std::string_view code);

/// The text of the file: a JSON object, a token a line.
[[nodiscard]] std::string write_tokens(const std::vector<TokenRecord>& tokens);
/// Error::usage names the token and what is wrong; `where` is the file's name.
[[nodiscard]] Result<std::vector<TokenRecord>> read_tokens(std::string_view text, std::string_view where);

}  // namespace kentongan::access
