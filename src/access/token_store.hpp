// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "access/token_file.hpp"
#include "domain/error.hpp"

/// The file of tokens on the disk.
namespace kentongan::access {

/// Another text whenever the file was replaced or changed; empty: there is none.
[[nodiscard]] std::string stamp_of_file(const std::filesystem::path& path);

/// Error::usage: it is missing, too large, wrong, or others than its owner may read or write it.
[[nodiscard]] Result<std::vector<TokenRecord>> load_tokens(const std::filesystem::path& path);

/// Reads the file (none: no tokens), lets `change` alter them, and puts the result in its place: whole or not at all,
/// mode 0600, its owner kept (of a new file: that of the folder, where permitted). One after the other, whichever
/// processes do it. What `change` says is wrong is given back, and nothing is written.
[[nodiscard]] Result<void> change_tokens(const std::filesystem::path& path,
                                         const std::function<Result<void>(std::vector<TokenRecord>&)>& change);

}  // namespace kentongan::access
