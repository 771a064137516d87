// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "adapters/outbox/sqlite_outbox.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/instance_lock.hpp"
#include "adapters/sqlite/statement.hpp"

/// Parts of SqliteOutbox.
namespace kentongan::outbox {

inline constexpr std::string_view kWriting = "writing to the outbox";
inline constexpr std::string_view kReading = "reading the outbox";

[[nodiscard]] inline std::int64_t to_ms(TimePoint time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline TimePoint from_ms(std::int64_t ms) { return TimePoint(Duration(ms)); }

class SqliteOutbox::Parts {
 public:
  Parts(std::unique_ptr<sqlite::Database> opened, std::optional<sqlite::InstanceLock> held)
      : lock(std::move(held)), database(std::move(opened)) {}

  /// Runs `work` as one transaction.
  template <class Work>
  [[nodiscard]] Result<void> transact(Work work) {
    if (auto begun = database->execute("BEGIN IMMEDIATE", kWriting); !begun) return begun;
    Result<void> done = work();
    if (done) done = database->execute("COMMIT", kWriting);
    database->roll_back();  // where it failed
    return done;
  }
  [[nodiscard]] Result<void> put_notice(const ports::PlannedNotice& planned, TimePoint now);
  [[nodiscard]] Result<void> begin_next_way(const ports::Settlement& settlement);

  std::optional<sqlite::InstanceLock> lock;
  std::unique_ptr<sqlite::Database> database;
  std::mutex mutex;  ///< one call at a time

  sqlite::Statement insert_notice{*database,
                                  "INSERT INTO notices(id, person, created, reached, body) VALUES(?1, ?2, ?3, ?4, ?5) "
                                  "ON CONFLICT(id) DO NOTHING",
                                  kWriting};
  sqlite::Statement insert_delivery{
      *database,
      "INSERT INTO deliveries(key, notice, rank, last, channel, recipient, level, state, "
      "attempts, first, due, error, receipt) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?9, '', '') ON CONFLICT(key) DO NOTHING",
      kWriting};
  sqlite::Statement put_position{*database,
                                 "INSERT INTO positions(name, value) VALUES(?1, ?2) "
                                 "ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                                 kWriting};
  sqlite::Statement put_memory{*database,
                               "INSERT INTO memory(name, value) VALUES(?1, ?2) "
                               "ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                               kWriting};
  // The level of an alert changes: what it was ends then.
  sqlite::Statement end_mirrored{*database, "UPDATE mirrored SET ends=?3 WHERE alert=?1 AND level<>?2 AND ends=0",
                                 kWriting};
  sqlite::Statement put_mirrored{*database,
                                 "INSERT INTO mirrored(alert, level, labels, annotations, starts, ends) "
                                 "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(alert, level) DO UPDATE SET "
                                 "labels=excluded.labels, annotations=excluded.annotations, ends=excluded.ends",
                                 kWriting};
  sqlite::Statement see_to{*database, "UPDATE notices SET reached=3 WHERE id=?1 AND reached=2", kWriting};
  sqlite::Statement settle_delivery{
      *database,
      "UPDATE deliveries SET state=?2, attempts=attempts+?3, due=?4, error=?5, receipt=?6 "
      "WHERE key=?1 AND state=1",
      kWriting};
  sqlite::Statement begin_way{*database,
                              "UPDATE deliveries SET state=1, first=?2, due=?2 WHERE state=0 AND notice="
                              "(SELECT notice FROM deliveries WHERE key=?1) AND rank="
                              "(SELECT rank+1 FROM deliveries WHERE key=?1)",
                              kWriting};
  sqlite::Statement mark_told{
      *database, "UPDATE notices SET reached=1 WHERE id=(SELECT notice FROM deliveries WHERE key=?1)", kWriting};
  sqlite::Statement mark_unreached{
      *database, "UPDATE notices SET reached=2 WHERE reached=0 AND id=(SELECT notice FROM deliveries WHERE key=?1)",
      kWriting};
};

}  // namespace kentongan::outbox
