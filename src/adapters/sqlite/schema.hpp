// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "adapters/sqlite/database.hpp"

/// The tables of a journal and who they belong to.
namespace kentongan::sqlite {

/// "Kntg" in the file's header: this database is ours.
inline constexpr std::int64_t kApplicationId = 0x4b6e7467;
/// Raised with each change of the tables; a newer one than this is refused.
inline constexpr std::int64_t kSchemaVersion = 1;

/// Writes header and tables into an empty database, in one transaction.
[[nodiscard]] Result<void> create_schema(Database& database);
/// Refuses what is not a journal, or one of a newer Kentongan.
[[nodiscard]] Result<void> check_schema(Database& database, const std::filesystem::path& path);
/// Reads every page; refuses a database with damage.
[[nodiscard]] Result<void> check_integrity(Database& database, const std::filesystem::path& path);

/// Whether the last service that used the journal closed it.
[[nodiscard]] Result<bool> was_closed_cleanly(Database& database);
[[nodiscard]] Result<void> mark_closed_cleanly(Database& database, bool clean);

/// Offsets of the last input and of the last one applied.
[[nodiscard]] Result<std::int64_t> last_input(Database& database);
[[nodiscard]] Result<std::int64_t> committed_offset(Database& database);

}  // namespace kentongan::sqlite
