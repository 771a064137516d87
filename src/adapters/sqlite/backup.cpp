// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/database_file.hpp"
#include "adapters/sqlite/instance_lock.hpp"
#include "adapters/sqlite/schema.hpp"

namespace kentongan::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCopying = "copying the journal";
constexpr int kSlicePages = 2048;
constexpr std::array<std::string_view, 3> kParts{"", "-wal", "-shm"};

fs::path beside(const fs::path& path, std::string_view ending) { return path.string() + std::string(ending); }

tl::unexpected<Error> refuse(const fs::path& path, std::string_view why) {
  return fail(Error::Kind::failed, fmt::format("{}: {}", path.string(), why));
}

/// A file under a name of its own that goes away unless it is kept.
class Draft {
 public:
  explicit Draft(fs::path path) : path_(std::move(path)) { discard(); }
  ~Draft() {
    if (!kept_) discard();
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

  [[nodiscard]] Result<void> create() const {
    const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
      return refuse(path_, fmt::format("the copy cannot be created ({}); name a file in a folder that this user may "
                                       "write to, with room for the journal",
                                       std::strerror(errno)));
    }
    ::close(descriptor);
    return {};
  }

  [[nodiscard]] Result<void> keep_as(const fs::path& name) {
    for (const fs::path& place : {path_, name.parent_path()}) {
      const int descriptor = ::open(place.c_str(), O_RDONLY | O_CLOEXEC);
      const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
      const int reason = errno;
      if (descriptor >= 0) ::close(descriptor);
      if (!synced) return refuse(place, fmt::format("the copy cannot be synced ({})", std::strerror(reason)));
    }
    std::error_code error;
    fs::rename(path_, name, error);
    if (error) return refuse(name, fmt::format("the copy cannot be put into its place ({})", error.message()));
    kept_ = true;
    return {};
  }

 private:
  void discard() const {
    for (const std::string_view part : kParts) {
      std::error_code ignored;
      fs::remove(beside(path_, part), ignored);
    }
  }
  fs::path path_;
  bool kept_ = false;
};

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

/// All pages, as they are in one snapshot: the read transaction of `source` is open.
Result<void> copy_pages(Database& source, Database& target, const CopyProgress& progress) {
  const std::unique_ptr<sqlite3_backup, FinishBackup> backup(
      sqlite3_backup_init(target.handle(), "main", source.handle(), "main"));
  if (!backup) return tl::unexpected(target.explain_failure(sqlite3_errcode(target.handle()), kCopying));
  for (;;) {
    const int code = sqlite3_backup_step(backup.get(), kSlicePages);
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_OK) return tl::unexpected(target.explain_failure(code, kCopying));
    const int pages = sqlite3_backup_pagecount(backup.get());
    if (progress && pages > 0) {
      progress(1.0 - static_cast<double>(sqlite3_backup_remaining(backup.get())) / static_cast<double>(pages));
    }
  }
}

/// Beside a file in a folder that cannot be written to, SQLite cannot put its index of the log.
Database::Access access_to(const fs::path& path) {
  const bool writable = ::access(path.parent_path().c_str(), W_OK) == 0;
  return writable || has_log(path) ? Database::Access::read_only : Database::Access::immutable;
}

/// Of a copy that no service uses: opened in any other way, SQLite leaves files beside it.
Database::Access access_to_copy(const fs::path& path) {
  const bool used = has_log(path) || InstanceLock::holder(path);
  return used ? Database::Access::read_only : Database::Access::immutable;
}

Result<void> copy(const fs::path& from, Database::Access access, const fs::path& to, const CopyProgress& progress) {
  auto source = Database::open({.path = from, .access = access, .vfs = {}});
  if (!source) return tl::unexpected(source.error());
  auto target = Database::open({.path = to, .access = Database::Access::create, .vfs = {}});
  if (!target) return tl::unexpected(target.error());
  return check_schema(**source, from)
      .and_then([&] { return (*source)->execute("BEGIN; SELECT 1 FROM progress;", kCopying); })
      .and_then([&] { return copy_pages(**source, **target, progress); });
}

Result<Copied> look_into(const fs::path& path, Database::Access access) {
  if (auto inspected = inspect_journal_file(path); !inspected) return tl::unexpected(inspected.error());
  auto opened = Database::open({.path = path, .access = access, .vfs = {}});
  if (!opened) return tl::unexpected(opened.error());
  Database& database = **opened;
  Copied copied;
  const auto take = [&](std::int64_t& slot, Result<std::int64_t> value) -> Result<void> {
    if (!value) return tl::unexpected(value.error());
    slot = *value;
    return {};
  };
  std::error_code ignored;
  copied.bytes = fs::file_size(path, ignored);
  return check_schema(database, path)
      .and_then([&] { return check_integrity(database, path); })
      .and_then([&] { return take(copied.last_input, last_input(database)); })
      .and_then([&] { return take(copied.committed, committed_offset(database)); })
      .and_then([&] { return take(copied.outputs, database.integer("SELECT count(*) FROM outputs", kCopying)); })
      .and_then([&] { return take(copied.schema, database.integer("PRAGMA user_version", kCopying)); })
      .map([&] { return copied; });
}

Result<fs::path> resolved(const fs::path& path) {
  std::error_code error;
  fs::path absolute = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return refuse(path, fmt::format("the path cannot be followed ({})", error.message()));
  return absolute;
}

/// "20241127-180000", UTC.
std::string stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &parts);
  return text.data();
}

/// Moves the journal and its log aside. None: there was no journal.
Result<std::optional<fs::path>> move_aside(const fs::path& path) {
  std::error_code error;
  const fs::path aside = beside(path, ".replaced-" + stamp());
  bool moved = false;
  for (const std::string_view part : kParts) {
    if (!fs::exists(beside(path, part), error)) continue;
    fs::rename(beside(path, part), beside(aside, part), error);
    if (error) {
      return refuse(beside(path, part),
                    fmt::format("this file cannot be moved to {} ({})", beside(aside, part).string(), error.message()));
    }
    moved = true;
  }
  return moved ? std::optional(aside) : std::nullopt;
}

/// What root creates would be of no use to the user that runs the service.
Result<void> give_to_owner_of_folder(const fs::path& path) {
  if (geteuid() != 0) return {};
  struct stat folder {};
  if (stat(path.parent_path().c_str(), &folder) != 0) return {};
  for (const fs::path& file : {path, beside(path, ".lock")}) {
    if (lchown(file.c_str(), folder.st_uid, folder.st_gid) != 0) {
      return refuse(file, fmt::format("it cannot be given to the owner of its folder ({}); do so by chown",
                                      std::strerror(errno)));
    }
  }
  return {};
}

}  // namespace

Result<Copied> back_up(const fs::path& from, const fs::path& to, const CopyProgress& progress) {
  const auto source = resolved(from);
  if (!source) return tl::unexpected(source.error());
  const auto target = resolved(to);
  if (!target) return tl::unexpected(target.error());
  std::error_code ignored;
  if (fs::exists(*target, ignored)) {
    return fail(Error::Kind::usage, fmt::format("{}: this is there already and is not overwritten; name a new file, "
                                                "such as one with the date in it",
                                                target->string()));
  }
  if (auto inspected = inspect_journal_file(*source); !inspected) return tl::unexpected(inspected.error());
  Draft draft(beside(*target, ".partial"));
  auto copied =
      draft.create().and_then([&] { return copy(*source, access_to(*source), draft.path(), progress); }).and_then([&] {
        return look_into(draft.path(), Database::Access::immutable);
      });
  if (!copied) return copied;
  return draft.keep_as(*target).map([&] { return *copied; });
}

Result<Restored> restore(const fs::path& from, const fs::path& to, const CopyProgress& progress) {
  const auto source = resolved(from);
  if (!source) return tl::unexpected(source.error());
  const auto target = locate_for_writing(to);
  if (!target) return tl::unexpected(target.error());
  if (*source == *target) {
    return fail(
        Error::Kind::usage,
        fmt::format("{}: this is the journal itself; name the copy that `kentongan backup` made", source->string()));
  }
  const auto lock = InstanceLock::acquire(*target);
  if (!lock) return tl::unexpected(lock.error());
  const Database::Access access = access_to_copy(*source);
  const auto whole = look_into(*source, access);
  if (!whole) return tl::unexpected(whole.error());
  Draft draft(beside(*target, ".restoring"));
  auto copied = draft.create().and_then([&] { return copy(*source, access, draft.path(), progress); }).and_then([&] {
    return look_into(draft.path(), Database::Access::immutable);
  });
  if (!copied) return tl::unexpected(copied.error());
  Restored restored{*copied, {}};
  return move_aside(*target)
      .and_then([&](std::optional<fs::path> aside) {
        restored.replaced = std::move(aside);
        return draft.keep_as(*target);
      })
      .and_then([&] { return give_to_owner_of_folder(*target); })
      .map([&] { return restored; });
}

}  // namespace kentongan::sqlite
