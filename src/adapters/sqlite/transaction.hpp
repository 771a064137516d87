// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/write_turn.hpp"

namespace kentongan::sqlite {

/// A write transaction that holds the turn; rolled back unless committed.
class WriteTransaction {
 public:
  [[nodiscard]] static Result<WriteTransaction> begin(Database& database, WriteTurn& turn);
  WriteTransaction(WriteTransaction&& other) noexcept;
  WriteTransaction& operator=(WriteTransaction&&) = delete;
  ~WriteTransaction();

  /// Durable when it returns; after an error nothing of the transaction is left. Ends the turn.
  [[nodiscard]] Result<void> commit();

 private:
  WriteTransaction(Database& database, std::unique_lock<WriteTurn> turn);

  Database* database_;
  std::unique_lock<WriteTurn> turn_;
};

/// One snapshot for several queries. Keep it short: the write-ahead log cannot start anew meanwhile.
class ReadTransaction {
 public:
  [[nodiscard]] static Result<ReadTransaction> begin(Database& database);
  ReadTransaction(ReadTransaction&& other) noexcept;
  ReadTransaction& operator=(ReadTransaction&&) = delete;
  ~ReadTransaction();

 private:
  explicit ReadTransaction(Database& database) : database_(&database) {}

  Database* database_;
};

}  // namespace kentongan::sqlite
