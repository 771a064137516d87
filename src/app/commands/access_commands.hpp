// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The subcommands about tokens and the record; see commands.hpp.
namespace kentongan::app {

struct TokenArguments {
  std::optional<std::filesystem::path> config;
  std::filesystem::path file;  ///< empty: access.tokens of the configuration
  std::string role, name, duty;
  std::vector<std::string> areas;
  std::string expires;  ///< a duration, or a time; empty: never
  std::string format = "text";
  std::string token;  ///< id or name, of revoke
};
[[nodiscard]] int token_create(const TokenArguments& arguments);
[[nodiscard]] int token_list(const TokenArguments& arguments);
[[nodiscard]] int token_revoke(const TokenArguments& arguments);

struct AuditArguments {
  std::optional<std::filesystem::path> config;
  std::filesystem::path file;  ///< empty: that of the configuration
  std::string expect;          ///< NUMBER:HASH that an earlier verify told
  std::int64_t last = 50;
  std::string who, what, on;  ///< only entries that hold this; empty: all
  std::string format = "text";
};
[[nodiscard]] int audit_verify(const AuditArguments& arguments);
[[nodiscard]] int audit_list(const AuditArguments& arguments);

}  // namespace kentongan::app
