// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "domain/error.hpp"

/// The journal as a file, before SQLite opens it.
namespace kentongan::sqlite {

/// The absolute path without links, its folder created (0700) where it was missing.
[[nodiscard]] Result<std::filesystem::path> locate_for_writing(const std::filesystem::path& path);

/// Creates an empty journal, readable by its owner only. It appears whole or not at all: it is made under
/// another name and renamed. Call it with the InstanceLock held.
[[nodiscard]] Result<void> create_journal_file(const std::filesystem::path& path, const std::string& vfs);

/// Refuses a file that is missing, not a journal, or shorter than it says; reads only its header, and leaves
/// it as it is, so that a foreign database is not touched.
[[nodiscard]] Result<void> inspect_journal_file(const std::filesystem::path& path);

/// Whether a write-ahead log with something in it lies beside the file.
[[nodiscard]] bool has_log(const std::filesystem::path& path);

}  // namespace kentongan::sqlite
