// SPDX-License-Identifier: Apache-2.0
//
// One file, schema version 1:
//   entries   the deeds; link is the hash of the entry, over that of the one before
//   anchor    number and link of the last entry that retention removed; 0 and zeros before that
// Times are milliseconds since 1970, UTC. Triggers refuse to change an entry, and to remove one behind the anchor.
// Header: application_id "KntA", user_version = schema version.
#include "adapters/audit/audit_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <deque>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/statement.hpp"

namespace kentongan::audit {
namespace {

constexpr std::int64_t kApplicationId = 0x4b6e7441;
constexpr std::int64_t kSchemaVersion = 1;
constexpr std::string_view kOpening = "opening the record";
constexpr std::string_view kWriting = "writing the record";
constexpr std::string_view kReading = "reading the record";
constexpr std::string_view kRetention = "retention";

constexpr const char* kTables = R"sql(
CREATE TABLE entries(number INTEGER PRIMARY KEY, time INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  target TEXT NOT NULL, origin TEXT NOT NULL, detail TEXT NOT NULL, link TEXT NOT NULL) STRICT;
CREATE TABLE anchor(one INTEGER PRIMARY KEY CHECK(one = 1), number INTEGER NOT NULL, link TEXT NOT NULL) STRICT;
INSERT INTO anchor VALUES(1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
CREATE TRIGGER entries_stay AFTER UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries WHEN old.number > (SELECT number FROM anchor)
  BEGIN SELECT RAISE(ABORT, 'entries are removed by retention only'); END;
)sql";

tl::unexpected<Error> refuse(Error::Kind kind, const std::filesystem::path& path, std::string_view why) {
  return fail(kind, fmt::format("{}: {}", path.string(), why));
}

Result<void> create_file(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return {};
  if (path.has_parent_path() && std::filesystem::create_directories(path.parent_path(), error)) {
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, error);
  }
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    return refuse(Error::Kind::failed, path,
                  fmt::format("the record cannot be created ({}); make its folder writable for the user that runs "
                              "Kentongan",
                              std::strerror(errno)));
  }
  ::close(file);
  return {};
}

/// Two programs may find the file empty; the second waits here, and then finds the tables.
Result<void> make_tables(sqlite::Database& database) {
  auto begun = database.execute("BEGIN IMMEDIATE", kOpening);
  if (!begun) return begun;
  const auto tables = database.integer("SELECT count(*) FROM sqlite_schema", kOpening);
  Result<void> made = tables ? Result<void>() : tl::unexpected(tables.error());
  if (tables && *tables == 0) {
    const std::string script =
        fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; {}", kApplicationId, kSchemaVersion, kTables);
    made = database.execute(script.c_str(), "creating the record");
  }
  if (made) made = database.execute("COMMIT", kOpening);
  database.roll_back();
  return made;
}

access::AuditEntry entry_of(const sqlite::Row& row) {
  access::AuditEntry entry;
  entry.number = row.integer(0);
  entry.time = TimePoint(Duration(row.integer(1)));
  const auto text = [&row](int column) { return std::string(row.text(column)); };
  entry.deed = {text(2), text(3), text(4), text(5), text(6)};
  return entry;
}

struct Link {
  std::int64_t number = 0;
  std::string link;
};

}  // namespace

struct AuditFile::Parts {
  explicit Parts(std::unique_ptr<sqlite::Database> opened)
      : database(std::move(opened)),
        head(*database,
             "SELECT number, link FROM (SELECT number, link FROM entries UNION ALL SELECT number, link FROM anchor) "
             "ORDER BY number DESC LIMIT 1",
             kReading),
        insert(*database, "INSERT INTO entries VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", kWriting) {}

  Result<Link> last() {
    Link link;
    const auto read = head.each([&](const sqlite::Row& row) {
      link = {row.integer(0), std::string(row.text(1))};
      return false;
    });
    if (!read) return tl::unexpected(read.error());
    return link;
  }

  /// Within a transaction.
  Result<void> add(Link& link, const ports::Deed& deed, TimePoint now) {
    const access::AuditEntry entry{link.number + 1, now, access::tidy(deed)};
    link = {entry.number, access::link_of(link.link, entry)};
    const ports::Deed& kept = entry.deed;
    return insert.run(entry.number, entry.time.time_since_epoch().count(), std::string_view(kept.who),
                      std::string_view(kept.what), std::string_view(kept.on), std::string_view(kept.from),
                      std::string_view(kept.detail), std::string_view(link.link));
  }

  /// Runs `change` as one transaction that other programs' ones wait for.
  template <class Change>
  Result<void> together(Change change) {
    auto done = database->execute("BEGIN IMMEDIATE", kWriting);
    if (done) done = change();
    if (done) done = database->execute("COMMIT", kWriting);
    if (!done) database->roll_back();
    return done;
  }

  std::unique_ptr<sqlite::Database> database;
  sqlite::Statement head, insert;
};

AuditFile::AuditFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
AuditFile::~AuditFile() = default;

Result<std::unique_ptr<AuditFile>> AuditFile::open(const std::filesystem::path& path, Open how) {
  if (how == Open::append) {
    if (auto created = create_file(path); !created) return tl::unexpected(created.error());
  }
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return refuse(Error::Kind::usage, path,
                  "there is no record; the service makes it where access.audit or access.tokens is set");
  }
  sqlite::Database::Settings settings;
  settings.path = path;
  settings.write_ahead = false;
  settings.busy_wait = std::chrono::seconds(10);
  if (how == Open::read) settings.access = sqlite::Database::Access::read_only;
  auto database = sqlite::Database::open(settings);
  if (!database) return tl::unexpected(database.error());
  if (how == Open::append) {
    if (auto made = make_tables(**database); !made) return tl::unexpected(made.error());
  }
  const auto application = (*database)->integer("PRAGMA application_id", kOpening);
  const auto version = (*database)->integer("PRAGMA user_version", kOpening);
  if (!application || !version) return tl::unexpected((application ? version : application).error());
  if (*application != kApplicationId)
    return refuse(Error::Kind::usage, path, "this is no record of Kentongan; let access.audit name another file");
  if (*version > kSchemaVersion)
    return refuse(Error::Kind::usage, path, "the record was written by a newer Kentongan; run that version");
  return std::unique_ptr<AuditFile>(new AuditFile(std::make_unique<Parts>(*std::move(database))));
}

Result<void> AuditFile::append(std::span<const ports::Deed> deeds, TimePoint now) {
  return parts_->together([&]() -> Result<void> {
    auto link = parts_->last();
    if (!link) return tl::unexpected(link.error());
    for (const ports::Deed& deed : deeds) {
      if (auto added = parts_->add(*link, deed, now); !added) return added;
    }
    return {};
  });
}

Result<std::int64_t> AuditFile::retain(TimePoint since, TimePoint now, std::int64_t most) {
  std::int64_t removed = 0;
  const auto done = parts_->together([&]() -> Result<void> {
    auto head = parts_->last();
    if (!head) return tl::unexpected(head.error());
    Link anchor;
    // Times need not rise with the numbers: a clock may have been set back. Nothing younger goes, but where there are
    // too many.
    sqlite::Statement last_old(*parts_->database,
                               "SELECT number, link FROM entries WHERE number <= max(?2, ifnull((SELECT min(number) "
                               "FROM entries WHERE time >= "
                               "?1), ?3 + 1) - 1) ORDER BY number DESC LIMIT 1",
                               kReading);
    auto found = last_old.each(
        [&](const sqlite::Row& row) {
          anchor = {row.integer(0), std::string(row.text(1))};
          return false;
        },
        since.time_since_epoch().count(), head->number - most, head->number);
    if (!found || anchor.number == 0) return found;
    auto told =
        parts_->add(*head, {"system", std::string(kRetention), fmt::to_string(anchor.number), "", anchor.link}, now);
    sqlite::Statement set(*parts_->database, "UPDATE anchor SET number = ?1, link = ?2", kWriting);
    sqlite::Statement remove(*parts_->database, "DELETE FROM entries WHERE number <= ?1", kWriting);
    if (told) told = set.run(anchor.number, std::string_view(anchor.link));
    if (told) told = remove.run(anchor.number);
    removed = parts_->database->changes();
    return told;
  });
  if (!done) return tl::unexpected(done.error());
  return removed;
}

Result<ChainState> AuditFile::verify() {
  ChainState state;
  Link before;
  sqlite::Statement anchor(*parts_->database, "SELECT number, link FROM anchor", kReading);
  auto read = anchor.each([&](const sqlite::Row& row) {
    before = {row.integer(0), std::string(row.text(1))};
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  state.removed = before.number;
  const Link removed = before;
  bool told = removed.number == 0;
  if (told && before.link != access::kFirstLink) state.broken = {0, "the link before the first entry is another"};
  sqlite::Statement all(*parts_->database,
                        "SELECT number, time, who, what, target, origin, detail, link FROM entries ORDER BY number",
                        kReading);
  read = all.each([&](const sqlite::Row& row) {
    const access::AuditEntry entry = entry_of(row);
    const std::string link(row.text(7));
    if (state.first == 0) state.first = entry.number;
    state.last = entry.number;
    if (!state.broken && entry.number != before.number + 1) {
      state.broken = {before.number + 1, fmt::format("it is missing; the next one there is {}", entry.number)};
    }
    if (!state.broken && link != access::link_of(before.link, entry)) {
      state.broken = {entry.number, "it, or the link to the one before it, was changed"};
    }
    told = told || (entry.deed.what == kRetention && entry.deed.on == fmt::to_string(removed.number) &&
                    entry.deed.detail == removed.link);
    before = {entry.number, link};
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  state.head = before.link;
  if (!state.broken && !told) {
    state.broken = {removed.number, "the entries up to it are gone, and no entry says that retention removed them"};
  }
  return state;
}

Result<std::optional<std::string>> AuditFile::link_at(std::int64_t number) {
  std::optional<std::string> link;
  sqlite::Statement one(
      *parts_->database,
      "SELECT link FROM entries WHERE number = ?1 UNION ALL SELECT link FROM anchor WHERE number = ?1", kReading);
  const auto read = one.each(
      [&](const sqlite::Row& row) {
        link = std::string(row.text(0));
        return false;
      },
      number);
  if (!read) return tl::unexpected(read.error());
  return link;
}

Result<void> AuditFile::each_of_last(std::int64_t most, const std::function<bool(const access::AuditEntry&)>& wanted,
                                     const std::function<void(const access::AuditEntry&)>& visit) {
  std::deque<access::AuditEntry> last;
  sqlite::Statement all(*parts_->database,
                        "SELECT number, time, who, what, target, origin, detail FROM entries ORDER BY number DESC",
                        kReading);
  auto read = all.each([&](const sqlite::Row& row) {
    access::AuditEntry entry = entry_of(row);
    if (wanted(entry)) last.push_front(std::move(entry));
    return static_cast<std::int64_t>(last.size()) < most;
  });
  if (!read) return read;
  for (const access::AuditEntry& entry : last) visit(entry);
  return {};
}

}  // namespace kentongan::audit
