// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "domain/error.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "ports/journal.hpp"

/// The journal in one SQLite file: the default, for a city on one machine.
///
///   auto journal = EmbeddedJournal::open({.path = "kentongan-data/kentongan.db"});
///   (*journal)->inbox().append({bytes}, [](Result<void> durable) { .. });     // any thread
///   auto records = (*journal)->journal().poll(committed, 1000, wait);          // the shard's thread
///   (*journal)->journal().commit({.next = records->back().offset, ..});        // the shard's thread
///   (*journal)->alerts().alerts("firing", "", 1000);                           // any thread
///   (*journal)->stop(std::chrono::seconds(3));                                 // after the shard has ended
///
/// `kentongan journal dump` reads the same file through Dump (dump.hpp), while a service runs or not.
namespace kentongan::sqlite {

struct Options {
  std::filesystem::path path;
  bool create = true;  ///< a missing file is created, with its folder; else it is refused
  /// What the inbox holds at most; beyond it append() returns false.
  std::size_t waiting_records = 50'000;
  std::size_t waiting_bytes = std::size_t{12} << 20;
  /// A poll returns no more once it has so many bytes.
  std::size_t poll_bytes = std::size_t{2} << 20;
  /// Applied inputs leave the file so long after they were received, in small slices at commits.
  Duration keep_inputs = std::chrono::days(30);
  /// Closed alerts, risk and dead letters leave the file so long after their own time. 0: never.
  Duration keep_outputs = Duration(0);
  /// Gets a line about what left, at most once an hour, from the shard's thread.
  std::function<void(const std::string&)> tell_retention = {};
  /// Pages (4 KiB) of the write-ahead log from which it is written into the database after a commit.
  int log_pages = 1000;
  /// How long a lock that another program holds is waited for.
  Duration busy_wait = std::chrono::seconds(2);
  /// The wall clock: when an input was received, and what is old.
  std::function<TimePoint()> now = [] {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  };
  /// A file of at most so many bytes is checked wholly at each start, a larger one only after a service that
  /// did not close it.
  std::uintmax_t check_up_to = std::uintmax_t{256} << 20;
  std::string vfs = {};  ///< name of a registered SQLite VFS, for tests of faults; empty: the platform's
};

struct JournalStatus {
  Offset last_input;  ///< durable
  Offset committed;   ///< applied; last_input - committed is the lag in records
  std::size_t waiting_records = 0;
  std::size_t waiting_bytes = 0;
  std::int64_t failed_checkpoints =
      0;  ///< since the start, a reader in the way included; while it grows, so does the log
};

/// An open journal: holds the file for itself until it is destroyed. At most one per file and machine.
class EmbeddedJournal {
 public:
  /// Opens or creates the file and checks it: wholly where it is small or a service did not close it, else its header.
  /// The error says what to do.
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedJournal>> open(Options options);
  /// As stop(1 s), where it was not called.
  ~EmbeddedJournal();
  EmbeddedJournal(const EmbeddedJournal&) = delete;
  EmbeddedJournal& operator=(const EmbeddedJournal&) = delete;

  [[nodiscard]] ports::Journal& journal();     ///< for one thread
  [[nodiscard]] ports::Inbox& inbox();         ///< thread-safe
  [[nodiscard]] ports::AlertReader& alerts();  ///< thread-safe

  /// The file was missing and is new: with a service that ran before, its data is elsewhere.
  [[nodiscard]] bool created() const;
  /// The last service did not close the file; it was checked and is whole.
  [[nodiscard]] bool recovered() const;
  [[nodiscard]] JournalStatus status() const;  ///< thread-safe

  /// A poll that waits returns at once, or the next one that would. Thread-safe.
  void interrupt();

  /// Takes no more inputs, commits what waits for at most `limit` and fails the rest (their `done` says so),
  /// then closes the file. Returns within `limit` and one commit. Call it when the shard has ended; afterwards
  /// append() returns false. An error: the next start checks the whole file; nothing is lost.
  [[nodiscard]] Result<void> stop(Duration limit);

 private:
  class Parts;
  explicit EmbeddedJournal(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace kentongan::sqlite
