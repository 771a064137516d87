// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "domain/error.hpp"

struct sqlite3_stmt;

namespace kentongan::sqlite {

class Database;

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

/// One row of a result, while it is visited. Views are valid until the visit returns.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  ///< of a blob too

 private:
  sqlite3_stmt* statement_;
};

/// Returns whether to go on.
using RowVisit = std::function<bool(const Row&)>;

/// A statement that is prepared at its first use and kept. Belongs to the thread that uses its Database,
/// which must outlive it.
class Statement {
 public:
  /// `sql` and `doing` ("storing events", for messages) must outlive the statement: literals.
  Statement(Database& database, std::string_view sql, std::string_view doing);

  /// Parameters ?1, ?2, .. in their order. They need to live only during the call.
  template <class... Values>
  [[nodiscard]] Result<void> run(const Values&... values) {
    return each(RowVisit(), values...);
  }
  template <class... Values>
  [[nodiscard]] Result<void> each(const RowVisit& visit, const Values&... values) {
    int code = prepare();
    int parameter = 0;
    ((code = code != 0 ? code : bind(++parameter, values)), ...);
    return code != 0 ? failure(code) : walk(visit);
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  [[nodiscard]] int prepare();
  [[nodiscard]] int bind(int parameter, std::int64_t value);
  [[nodiscard]] int bind(int parameter, std::string_view value);
  [[nodiscard]] int bind(int parameter, Blob value);
  [[nodiscard]] Result<void> walk(const RowVisit& visit);
  [[nodiscard]] Result<void> failure(int code) const;

  Database* database_;
  std::string_view sql_;
  std::string_view doing_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

}  // namespace kentongan::sqlite
