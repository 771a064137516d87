// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/transaction.hpp"

#include <utility>

namespace kentongan::sqlite {

WriteTransaction::WriteTransaction(Database& database, std::unique_lock<WriteTurn> turn)
    : database_(&database), turn_(std::move(turn)) {}

WriteTransaction::WriteTransaction(WriteTransaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), turn_(std::move(other.turn_)) {}

WriteTransaction::~WriteTransaction() {
  if (database_ != nullptr) database_->roll_back();
}

Result<WriteTransaction> WriteTransaction::begin(Database& database, WriteTurn& turn) {
  std::unique_lock held(turn);
  return database.execute("BEGIN IMMEDIATE", "beginning a transaction").map([&] {
    return WriteTransaction(database, std::move(held));
  });
}

Result<void> WriteTransaction::commit() {
  Result<void> done = database_->execute("COMMIT", "committing");
  database_->roll_back();  // a failed commit can leave the transaction open
  database_ = nullptr;
  turn_.unlock();
  return done;
}

ReadTransaction::ReadTransaction(ReadTransaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

ReadTransaction::~ReadTransaction() {
  if (database_ != nullptr) database_->roll_back();
}

Result<ReadTransaction> ReadTransaction::begin(Database& database) {
  return database.execute("BEGIN", "beginning to read").map([&] { return ReadTransaction(database); });
}

}  // namespace kentongan::sqlite
