// SPDX-License-Identifier: Apache-2.0
//
// One file, schema version 1:
//   notices     what somebody is told, as JSON; reached 0 open, 1 told, 2 nobody was reached and nobody has seen to it,
//   3 seen to deliveries  each way of a notice; state as ports::DeliveryState; level for the order positions   of the
//   alert log, by partition: all before is planned memory      what the planner and others remember, by name mirrored
//   alerts as Alertmanager is to have them; ends 0 while they are active
// Times are milliseconds since 1970, UTC. Header: application_id "KntO", user_version = schema version.
#include "adapters/outbox/outbox_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kentongan::outbox {
namespace {

constexpr std::int64_t kApplicationId = 0x4b6e744f;
constexpr std::int64_t kSchemaVersion = 1;
constexpr std::string_view kOpening = "opening the outbox";

constexpr const char* kTables = R"sql(
CREATE TABLE notices(id TEXT PRIMARY KEY, person TEXT NOT NULL, created INTEGER NOT NULL, reached INTEGER NOT NULL,
  body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX notices_unreached ON notices(reached, created) WHERE reached = 2;
CREATE INDEX notices_by_time ON notices(created);
CREATE TABLE deliveries(key TEXT PRIMARY KEY, notice TEXT NOT NULL REFERENCES notices(id) ON DELETE CASCADE,
  rank INTEGER NOT NULL, last INTEGER NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL, level INTEGER NOT NULL,
  state INTEGER NOT NULL, attempts INTEGER NOT NULL, first INTEGER NOT NULL, due INTEGER NOT NULL,
  error TEXT NOT NULL, receipt TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries(channel, state, due);
CREATE INDEX deliveries_of ON deliveries(notice, rank);
CREATE TABLE positions(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE memory(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mirrored(alert TEXT NOT NULL, level TEXT NOT NULL, labels TEXT NOT NULL, annotations TEXT NOT NULL,
  starts INTEGER NOT NULL, ends INTEGER NOT NULL, PRIMARY KEY(alert, level)) STRICT, WITHOUT ROWID;
)sql";

tl::unexpected<Error> refuse(const std::filesystem::path& path, std::string_view why) {
  return fail(Error::Kind::failed, fmt::format("{}: {}", path.string(), why));
}

Result<void> create_file(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return {};
  if (std::filesystem::create_directories(path.parent_path(), error)) {
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, error);
  }
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    return refuse(path,
                  fmt::format("the outbox cannot be created ({}); make its folder writable for the user that runs "
                              "Kentongan",
                              std::strerror(errno)));
  }
  ::close(file);
  return {};
}

Result<void> make_tables(sqlite::Database& database) {
  const std::string script =
      fmt::format("BEGIN IMMEDIATE; PRAGMA application_id={}; PRAGMA user_version={}; {} COMMIT;", kApplicationId,
                  kSchemaVersion, kTables);
  auto made = database.execute(script.c_str(), "creating the outbox");
  database.roll_back();
  return made;
}

}  // namespace

Result<std::unique_ptr<sqlite::Database>> open_outbox_file(const std::filesystem::path& path, bool create) {
  if (create) {
    if (auto created = create_file(path); !created) return tl::unexpected(created.error());
  }
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return refuse(path, "there is no outbox; `kentongan run` makes it where `notify` has a channel");
  }
  sqlite::Database::Settings settings;
  settings.path = path;
  settings.write_ahead = false;
  auto database = sqlite::Database::open(settings);
  if (!database) return database;
  const auto application = (*database)->integer("PRAGMA application_id", kOpening);
  const auto version = (*database)->integer("PRAGMA user_version", kOpening);
  const auto tables = (*database)->integer("SELECT count(*) FROM sqlite_schema", kOpening);
  if (!application || !version || !tables)
    return tl::unexpected((!application ? application : version ? tables : version).error());
  if (*tables == 0 && *application == 0 && create) {
    if (auto made = make_tables(**database); !made) return tl::unexpected(made.error());
    return database;
  }
  if (*application != kApplicationId)
    return refuse(path, "this is no outbox of Kentongan; let notify.database name another file");
  if (*version > kSchemaVersion) return refuse(path, "the outbox was written by a newer Kentongan; run that version");
  return database;
}

}  // namespace kentongan::outbox
