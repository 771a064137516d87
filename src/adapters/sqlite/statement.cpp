// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/statement.hpp"

#include <sqlite3.h>

#include "adapters/sqlite/database.hpp"

namespace kentongan::sqlite {
namespace {

/// A null pointer would be stored as NULL; an empty text is not one.
const char* never_null(std::string_view text) { return text.data() != nullptr ? text.data() : ""; }

/// However a walk ends, the statement lets go of its locks and of the caller's bytes.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(sqlite3_stmt* statement) : statement_(statement) {}
  ~ResetAtEnd() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  sqlite3_stmt* statement_;
};

}  // namespace

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Row::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return size == 0 ? std::string_view() : std::string_view(bytes, size);
}

Statement::Statement(Database& database, std::string_view sql, std::string_view doing)
    : database_(&database), sql_(sql), doing_(doing) {}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

int Statement::prepare() {
  if (handle_ != nullptr) return SQLITE_OK;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_->handle(), sql_.data(), static_cast<int>(sql_.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  handle_.reset(statement);
  return code;
}

int Statement::bind(int parameter, std::int64_t value) { return sqlite3_bind_int64(handle_.get(), parameter, value); }

int Statement::bind(int parameter, std::string_view value) {
  return sqlite3_bind_text64(handle_.get(), parameter, never_null(value), value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int Statement::bind(int parameter, Blob value) {
  return sqlite3_bind_blob64(handle_.get(), parameter, never_null(value.bytes), value.bytes.size(), SQLITE_STATIC);
}

Result<void> Statement::walk(const RowVisit& visit) {
  const ResetAtEnd reset(handle_.get());
  for (;;) {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return failure(code);
    if (visit && !visit(Row(handle_.get()))) return {};
  }
}

Result<void> Statement::failure(int code) const { return tl::unexpected(database_->explain_failure(code, doing_)); }

}  // namespace kentongan::sqlite
