// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "domain/error.hpp"

namespace kentongan::app {

/// Puts `after` into the place of a file whose text is `before`, whole or not at all: whoever reads it meanwhile, or
/// after a crash, finds one of the two. Permissions stay, and a symbolic link leads to the new text. A file that is not
/// `before` any more was edited meanwhile and is left alone. Error::failed says what could not be done.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& path, const std::string& before,
                                        const std::string& after);

}  // namespace kentongan::app
