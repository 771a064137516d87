// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/statement.hpp"
#include "domain/error.hpp"
#include "domain/time.hpp"

namespace kentongan::sqlite {

/// What the engine made leaves the file when it is old: closed alerts with all their steps by when they fired, risk and
/// dead letters by their own time. In small slices, as part of commits, so that none of them is slow because of it.
/// Used by the shard's thread.
class OutputRetention {
 public:
  /// `keep` 0: nothing leaves. `tell` (may be empty) gets a line about what left, at most once an hour.
  OutputRetention(Database& database, Duration keep, std::function<void(const std::string&)> tell);

  /// Within a transaction. `inputs`: those that left by it, to be told.
  [[nodiscard]] Result<void> prune(TimePoint now, std::int64_t inputs);

 private:
  [[nodiscard]] Result<void> prune_alerts(std::int64_t before);
  void tell(TimePoint now);

  Database& database_;
  const Duration keep_;
  const std::function<void(const std::string&)> tell_;
  Statement old_alert_, drop_outputs_, drop_steps_, drop_alerts_, drop_others_;
  std::optional<TimePoint> looked_, told_;
  std::int64_t inputs_ = 0, alerts_ = 0, others_ = 0;
};

}  // namespace kentongan::sqlite
