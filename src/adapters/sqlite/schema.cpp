// SPDX-License-Identifier: Apache-2.0
//
// One file, schema version 1:
//   inputs       what came in, by offset: 1, 2, 3, .. without gaps; applied ones leave from the front
//   outputs      what the engine made of them, in commit order; topic 0 alerts, 1 risk, 2 deadletters
//   state        the engine's memory, opaque records
//   alerts       one row per alert, with the data of its last step; number = sequence of its first output
//   alert_steps  the steps of each, in commit order
//   progress     committed_offset: the last input that outputs, state and alerts contain
//                clean_shutdown: 1 while no service uses the file and the last one closed it
// Times are milliseconds since 1970, UTC. Header: application_id "Kntg", user_version = schema version.
#include "adapters/sqlite/schema.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/statement.hpp"

namespace kentongan::sqlite {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE inputs(offset INTEGER PRIMARY KEY, received INTEGER NOT NULL, value BLOB NOT NULL) STRICT;
CREATE TABLE outputs(sequence INTEGER PRIMARY KEY AUTOINCREMENT, topic INTEGER NOT NULL, id TEXT NOT NULL,
  subject TEXT NOT NULL, value TEXT NOT NULL) STRICT;
CREATE TABLE state(city TEXT NOT NULL, kind TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY(city, kind, key)) STRICT, WITHOUT ROWID;
CREATE TABLE alerts(number INTEGER PRIMARY KEY, alert TEXT NOT NULL UNIQUE, fired INTEGER NOT NULL,
  state TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE INDEX alerts_by_time ON alerts(fired, number);
CREATE INDEX alerts_by_state ON alerts(state, fired, number);
CREATE TABLE alert_steps(alert TEXT NOT NULL REFERENCES alerts(alert), sequence INTEGER NOT NULL,
  step TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY(alert, sequence)) STRICT, WITHOUT ROWID;
CREATE TABLE progress(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO progress VALUES('committed_offset', 0), ('clean_shutdown', 1);
)sql";

constexpr std::string_view kOpening = "opening the journal";

tl::unexpected<Error> damaged(const std::filesystem::path& path, std::string_view finding) {
  return fail(Error::Kind::failed,
              fmt::format("{}: the journal is damaged ({}); keep this file and the -wal file beside it for an "
                          "examination and put back the latest backup",
                          path.string(), finding));
}

}  // namespace

Result<void> create_schema(Database& database) {
  const std::string script = fmt::format("BEGIN; PRAGMA application_id={}; PRAGMA user_version={}; {} COMMIT;",
                                         kApplicationId, kSchemaVersion, kTables);
  return database.execute(script.c_str(), "creating the journal");
}

Result<void> check_schema(Database& database, const std::filesystem::path& path) {
  const auto version = database.integer("PRAGMA user_version", kOpening);
  if (!version) return tl::unexpected(version.error());
  if (*version > kSchemaVersion) {
    return fail(Error::Kind::failed,
                fmt::format("{}: the journal was written by a newer Kentongan (schema {}, this one knows up to {}); "
                            "run that version, or put back a backup made before the upgrade",
                            path.string(), *version, kSchemaVersion));
  }
  const auto tables = database.integer(
      "SELECT count(*) FROM sqlite_schema WHERE type='table' AND name IN "
      "('inputs','outputs','state','alerts','alert_steps','progress')",
      kOpening);
  if (!tables) return tl::unexpected(tables.error());
  if (*version < 1 || *tables != 6) return damaged(path, "its tables are not complete");
  return {};
}

Result<void> check_integrity(Database& database, const std::filesystem::path& path) {
  const auto finding = database.text("PRAGMA quick_check(1)", "checking the journal");
  if (!finding) return tl::unexpected(finding.error());
  if (*finding != "ok") return damaged(path, *finding);
  return {};
}

Result<bool> was_closed_cleanly(Database& database) {
  return database.integer("SELECT value FROM progress WHERE name='clean_shutdown'", kOpening)
      .map([](std::int64_t value) { return value == 1; });
}

Result<void> mark_closed_cleanly(Database& database, bool clean) {
  Statement mark(database, "UPDATE progress SET value=?1 WHERE name='clean_shutdown'", "marking the journal");
  return mark.run(std::int64_t{clean ? 1 : 0});
}

Result<std::int64_t> last_input(Database& database) {
  return database.integer(
      "SELECT max((SELECT coalesce(max(offset), 0) FROM inputs),"
      " (SELECT value FROM progress WHERE name='committed_offset'))",
      kOpening);
}

Result<std::int64_t> committed_offset(Database& database) {
  return database.integer("SELECT value FROM progress WHERE name='committed_offset'", kOpening);
}

}  // namespace kentongan::sqlite
