// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "adapters/sqlite/sqlite_error.hpp"
#include "adapters/sqlite/statement.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kOpening = "opening the journal";

int flags_of(Database::Access access) {
  constexpr int kCommon = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (access) {
    case Database::Access::create:
    case Database::Access::read_write:
      return kCommon | SQLITE_OPEN_READWRITE;
    case Database::Access::read_only:
      return kCommon | SQLITE_OPEN_READONLY;
    case Database::Access::immutable:
      return kCommon | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  }
  return kCommon | SQLITE_OPEN_READONLY;
}

/// As a URI every byte that is not plainly part of a path is escaped.
std::string name_of(const Database::Settings& settings) {
  if (settings.access != Database::Access::immutable) return settings.path.string();
  std::string uri = "file:";
  for (const char c : settings.path.string()) {
    const bool plain = c == '/' || c == '.' || c == '_' || c == '-' || (c >= '0' && c <= '9') ||
                       (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri + "?immutable=1";
}

int remember_wal_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

Database::Database(const Settings& settings) : settings_(settings) {}

Database::~Database() { sqlite3_close_v2(handle_); }

Result<std::unique_ptr<Database>> Database::open(const Settings& settings) {
  std::unique_ptr<Database> database(new Database(settings));
  return database->connect().and_then([&] { return database->configure(); }).map([&] { return std::move(database); });
}

Result<void> Database::connect() {
  const char* vfs = settings_.vfs.empty() ? nullptr : settings_.vfs.c_str();
  const int code = sqlite3_open_v2(name_of(settings_).c_str(), &handle_, flags_of(settings_.access), vfs);
  if (code != SQLITE_OK) return tl::unexpected(explain_failure(code, kOpening));
  return {};
}

// What is set here, and why:
//   trusted_schema, defensive  a database that was tampered with cannot run functions or damage itself
//   cell_size_check            a damaged page is found when it is read
//   mmap_size 0                a disk error is an error code, not a signal
//   temp_store memory          no reports in temporary files elsewhere on the disk
//   secure_delete              what retention deletes does not stay in free pages
//   wal_autocheckpoint 0       WalKeeper decides when, under the write turn
//   journal_size_limit         a log that grew once is cut when it starts anew
Result<void> Database::configure() {
  sqlite3_busy_timeout(handle_, static_cast<int>(settings_.busy_wait.count()));
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
  const std::string common = fmt::format(
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
      "PRAGMA foreign_keys=ON; PRAGMA cache_size=-{};",
      settings_.cache_kib);
  if (auto done = execute(common.c_str(), kOpening); !done) return done;
  if (settings_.access != Access::read_write) return {};
  if (!settings_.write_ahead) {
    return execute("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;", kOpening);
  }
  const auto mode = text("PRAGMA journal_mode=WAL", kOpening);
  if (!mode) return tl::unexpected(mode.error());
  if (*mode != "wal") {
    return fail(
        Error::Kind::failed,
        fmt::format("{}: this file system cannot hold the journal (SQLite answers journal_mode {}, not wal); put "
                    "it on a local disk",
                    settings_.path.string(), *mode));
  }
  auto set = execute(
      "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0;"
      "PRAGMA journal_size_limit=8388608;",
      kOpening);
  sqlite3_wal_hook(handle_, remember_wal_pages, &wal_pages_);  // after the pragma, which would take its place
  return set;
}

Result<void> Database::execute(const char* sql, std::string_view doing) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(explain_failure(code, doing));
  return {};
}

Result<std::int64_t> Database::integer(std::string_view sql, std::string_view doing) {
  std::int64_t value = 0;
  Statement statement(*this, sql, doing);
  return statement
      .each([&](const Row& row) {
        value = row.integer(0);
        return false;
      })
      .map([&] { return value; });
}

Result<std::string> Database::text(std::string_view sql, std::string_view doing) {
  std::string value;
  Statement statement(*this, sql, doing);
  return statement
      .each([&](const Row& row) {
        value = row.text(0);
        return false;
      })
      .map([&] { return value; });
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }
std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
bool Database::read_only() const { return sqlite3_db_readonly(handle_, "main") != 0; }

void Database::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Database::checkpoint(bool empty) {
  constexpr int kPatienceWithReaders = 200;  // milliseconds; readers of ours need less
  const int mode = empty ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  sqlite3_busy_timeout(handle_, kPatienceWithReaders);
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, nullptr);
  sqlite3_busy_timeout(handle_, static_cast<int>(settings_.busy_wait.count()));
  if (code != SQLITE_OK) return tl::unexpected(explain_failure(code, "writing the log into the database"));
  return {};
}

void Database::interrupt() noexcept { sqlite3_interrupt(handle_); }

Error Database::explain_failure(int code, std::string_view doing) const {
  const bool latest = handle_ != nullptr && (sqlite3_extended_errcode(handle_) & 0xff) == (code & 0xff);
  return explain(code, latest ? sqlite3_errmsg(handle_) : sqlite3_errstr(code), settings_.path.string(), doing);
}

}  // namespace kentongan::sqlite
