// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/statement.hpp"
#include "ports/journal.hpp"

namespace kentongan::sqlite {

/// The committed alerts. Thread-safe: callers take turns on one connection, a page at a time.
class AlertStore final : public ports::AlertReader {
 public:
  /// `database` outlives it and is used by nobody else.
  explicit AlertStore(Database& database);

  /// `next` that no page gave: Error::invalid.
  [[nodiscard]] Result<ports::AlertPage> alerts(std::string_view state, std::string_view next,
                                                std::size_t limit) override;
  [[nodiscard]] Result<std::optional<ports::StoredAlert>> alert(std::string_view id) override;

 private:
  [[nodiscard]] Result<std::vector<ports::AlertStepTime>> steps_of(std::string_view alert);

  std::mutex mutex_;
  Database& database_;
  Statement page_;
  Statement page_of_state_;
  Statement one_;
  Statement steps_;
};

}  // namespace kentongan::sqlite
