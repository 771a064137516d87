// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "domain/time.hpp"

struct sqlite3;

namespace kentongan::sqlite {

/// One connection. Used by one thread at a time, except interrupt().
class Database {
 public:
  enum class Access : unsigned char {
    create,      ///< an empty file that becomes a database
    read_write,  ///< WAL, every commit synced
    read_only,
    immutable,  ///< nothing can change the file or lies beside it: read without any lock
  };
  struct Settings {
    std::filesystem::path path;
    Access access = Access::read_write;
    std::string vfs = {};  ///< name of a registered SQLite VFS; empty: the platform's
    int cache_kib = 1024;  ///< bound of the page cache
    Duration busy_wait = std::chrono::seconds(2);
    /// A write-ahead log. False: a rollback journal, for a file that several programs write to now and then.
    bool write_ahead = true;
  };

  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Settings& settings);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Statements without parameters and rows, separated by semicolons.
  [[nodiscard]] Result<void> execute(const char* sql, std::string_view doing);
  /// First column of the first row.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view sql, std::string_view doing);
  [[nodiscard]] Result<std::string> text(std::string_view sql, std::string_view doing);

  [[nodiscard]] std::int64_t last_row() const;  ///< key of the row inserted last
  [[nodiscard]] std::int64_t changes() const;   ///< rows that the last statement changed
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool read_only() const;
  /// Ends a transaction without a trace. Never fails as far as the caller is concerned.
  void roll_back() noexcept;

  /// Pages in the write-ahead log after the last commit of this connection.
  [[nodiscard]] int wal_pages() const { return wal_pages_; }
  /// Copies the write-ahead log into the database. `empty`: waits for readers and cuts the log to nothing.
  [[nodiscard]] Result<void> checkpoint(bool empty);

  /// Ends the statement that runs in another thread. Thread-safe.
  void interrupt() noexcept;

  [[nodiscard]] Error explain_failure(int code, std::string_view doing) const;
  [[nodiscard]] sqlite3* handle() const { return handle_; }

 private:
  explicit Database(const Settings& settings);
  [[nodiscard]] Result<void> connect();
  [[nodiscard]] Result<void> configure();

  Settings settings_;
  sqlite3* handle_ = nullptr;
  int wal_pages_ = 0;
};

}  // namespace kentongan::sqlite
