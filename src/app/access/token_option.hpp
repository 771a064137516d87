// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "adapters/http/client.hpp"
#include "app/config.hpp"
#include "domain/error.hpp"

/// How commands show a token to the running service.
namespace kentongan::app {

/// The token in a file, without the line break behind it. Error::usage.
[[nodiscard]] Result<std::string> read_token_file(const std::filesystem::path& path);

/// The running service of this configuration: its address, its very certificate and, from `token_file` or the
/// environment variable KENTONGAN_TOKEN, the token to show. Error::usage.
[[nodiscard]] Result<http::Peer> service_of(const Config& config,
                                            const std::optional<std::filesystem::path>& token_file = {});

}  // namespace kentongan::app
