// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/embedded_journal.hpp"

#include <fmt/format.h>

#include <mutex>
#include <optional>
#include <utility>

#include "adapters/sqlite/alert_store.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/database_file.hpp"
#include "adapters/sqlite/file_presence.hpp"
#include "adapters/sqlite/inbox.hpp"
#include "adapters/sqlite/instance_lock.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/shard_journal.hpp"

namespace kentongan::sqlite {
namespace {

constexpr int kWriterCacheKib = 2048;
constexpr int kShardCacheKib = 4096;
constexpr int kReaderCacheKib = 1024;

/// What open() finds out before anything runs.
struct Opened {
  InstanceLock lock;
  std::unique_ptr<Database> writer;
  std::unique_ptr<Database> shard;
  std::unique_ptr<Database> reader;
  std::optional<FilePresence> presence = {};
  std::int64_t last_input = 0;
  std::int64_t committed = 0;
  bool created = false;
  bool recovered = false;
};

Result<void> make_sure_it_exists(const std::filesystem::path& path, const Options& options, bool& created) {
  std::error_code error;
  if (std::filesystem::exists(path, error) || !options.create) return {};
  created = true;
  return create_journal_file(path, options.vfs);
}

Result<void> refuse_read_only(const Database& database, const std::filesystem::path& path) {
  if (!database.read_only()) return {};
  return fail(Error::Kind::failed,
              fmt::format("{}: the journal is read-only; make the file writable for the user that runs Kentongan",
                          path.string()));
}

bool is_at_most(const std::filesystem::path& path, std::uintmax_t bytes) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size <= bytes;
}

/// Checks the file, and marks it as in use.
Result<void> take_over(Opened& opened, const std::filesystem::path& path, std::uintmax_t check_up_to) {
  Database& database = *opened.writer;
  auto checked = refuse_read_only(database, path).and_then([&] { return check_schema(database, path); });
  if (!checked) return checked;
  const auto clean = was_closed_cleanly(database);
  if (!clean) return tl::unexpected(clean.error());
  opened.recovered = !*clean;
  if (opened.recovered || is_at_most(path, check_up_to)) checked = check_integrity(database, path);
  return checked.and_then([&] { return mark_closed_cleanly(database, false); })
      .and_then([&] { return FilePresence::note(path); })
      .map([&](FilePresence presence) { opened.presence = std::move(presence); });
}

Result<void> read_progress(Opened& opened) {
  return last_input(*opened.writer)
      .and_then([&](std::int64_t last) {
        opened.last_input = last;
        return committed_offset(*opened.writer);
      })
      .map([&](std::int64_t committed) { opened.committed = committed; });
}

Result<void> connect(std::unique_ptr<Database>& slot, const Database::Settings& settings) {
  return Database::open(settings).map([&](std::unique_ptr<Database> database) { slot = std::move(database); });
}

Result<void> open_database(Opened& opened, const std::filesystem::path& path, const Options& options) {
  Database::Settings settings{.path = path, .vfs = options.vfs, .busy_wait = options.busy_wait};
  settings.cache_kib = kWriterCacheKib;
  return make_sure_it_exists(path, options, opened.created)
      .and_then([&] { return inspect_journal_file(path); })
      .and_then([&] { return connect(opened.writer, settings); })
      .and_then([&] { return take_over(opened, path, options.check_up_to); })
      .and_then([&] { return read_progress(opened); })
      .and_then([&] {
        settings.cache_kib = kShardCacheKib;
        return connect(opened.shard, settings);
      })
      .and_then([&] {
        settings.cache_kib = kReaderCacheKib;
        return connect(opened.reader, settings);
      });
}

}  // namespace

/// Members in the order of their dependence: the inbox's thread ends before what it uses.
class EmbeddedJournal::Parts {
 public:
  Parts(Opened opened, const Options& options)
      : opened_(std::move(opened)),
        keeper_(turn_, options.log_pages),
        mark_(opened_.last_input),
        alerts_(*opened_.reader),
        shard_(*opened_.shard, turn_, keeper_, mark_, *opened_.presence, opened_.committed,
               {.poll_bytes = options.poll_bytes,
                .keep_inputs = options.keep_inputs,
                .keep_outputs = options.keep_outputs},
               options.now, options.tell_retention),
        inbox_(*opened_.writer, turn_, keeper_, mark_, *opened_.presence,
               {.records = options.waiting_records, .bytes = options.waiting_bytes}, options.now) {}

  Result<void> stop(Duration limit) {
    if (std::exchange(stopped_, true)) return {};
    inbox_.stop(limit);
    const std::lock_guard turn(turn_);
    if (auto there = opened_.presence->check(); !there) return there;
    return mark_closed_cleanly(*opened_.writer, true).and_then([&] { return opened_.writer->checkpoint(true); });
  }

  Opened opened_;
  WriteTurn turn_;
  WalKeeper keeper_;
  DurableMark mark_;
  AlertStore alerts_;
  ShardJournal shard_;
  GroupCommitInbox inbox_;
  bool stopped_ = false;
};

EmbeddedJournal::EmbeddedJournal(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

EmbeddedJournal::~EmbeddedJournal() { [[maybe_unused]] const auto stopped = stop(std::chrono::seconds(1)); }

Result<std::unique_ptr<EmbeddedJournal>> EmbeddedJournal::open(Options options) {
  const auto path = locate_for_writing(options.path);
  if (!path) return tl::unexpected(path.error());
  auto lock = InstanceLock::acquire(*path);
  if (!lock) return tl::unexpected(lock.error());
  Opened opened{std::move(*lock), {}, {}, {}};
  return open_database(opened, *path, options).map([&] {
    return std::unique_ptr<EmbeddedJournal>(new EmbeddedJournal(std::make_unique<Parts>(std::move(opened), options)));
  });
}

ports::Journal& EmbeddedJournal::journal() { return parts_->shard_; }
ports::Inbox& EmbeddedJournal::inbox() { return parts_->inbox_; }
ports::AlertReader& EmbeddedJournal::alerts() { return parts_->alerts_; }
bool EmbeddedJournal::created() const { return parts_->opened_.created; }
bool EmbeddedJournal::recovered() const { return parts_->opened_.recovered; }
void EmbeddedJournal::interrupt() { parts_->mark_.interrupt(); }

JournalStatus EmbeddedJournal::status() const {
  const Offset committed = parts_->shard_.committed();  // before the mark, which is never behind it
  const GroupCommitInbox::Waiting waiting = parts_->inbox_.waiting();
  return JournalStatus{.last_input = Offset(parts_->mark_.last()),
                       .committed = committed,
                       .waiting_records = waiting.records,
                       .waiting_bytes = waiting.bytes,
                       .failed_checkpoints = parts_->keeper_.failures()};
}

Result<void> EmbeddedJournal::stop(Duration limit) { return parts_->stop(limit); }

}  // namespace kentongan::sqlite
