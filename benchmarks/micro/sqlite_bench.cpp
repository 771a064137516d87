// SPDX-License-Identifier: Apache-2.0
//
// The embedded journal against its floor: the same bytes in the same table through SQLite's C API alone, a
// durable commit each. Run it where the journal will lie (TMPDIR): the disk's sync decides.
#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <filesystem>
#include <future>
#include <semaphore>
#include <string>

#include "adapters/sqlite/embedded_journal.hpp"

namespace {

using namespace kentongan;

const std::string kReport(690, 'r');
const std::string kAlert(1500, 'a');
const std::string kState(400, 's');

/// A folder on the disk that is measured, removed at the end.
class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "kentongan-bench-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string database() const { return path_ + "/k.db"; }

 private:
  std::string path_;
};

std::unique_ptr<sqlite::EmbeddedJournal> open(const Folder& folder) {
  auto journal = sqlite::EmbeddedJournal::open({.path = folder.database()});
  if (!journal) std::abort();
  return std::move(*journal);
}

void rate(benchmark::State& state, const char* what, double count_per_iteration) {
  state.counters[what] =
      benchmark::Counter(static_cast<double>(state.iterations()) * count_per_iteration, benchmark::Counter::kIsRate);
}

/// The floor of an append: `range(0)` rows in one durable transaction.
void RawSqliteCommit(benchmark::State& state) {
  const Folder folder;
  sqlite3* database = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_open(folder.database().c_str(), &database);
  sqlite3_exec(database,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE inputs(offset INTEGER PRIMARY KEY, received INTEGER, value BLOB)",
               nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(database, "INSERT INTO inputs(received, value) VALUES(1, ?1)", -1, &insert, nullptr);
  for (auto _ : state) {
    sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      sqlite3_bind_blob(insert, 1, kReport.data(), static_cast<int>(kReport.size()), SQLITE_STATIC);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    if (sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) state.SkipWithError("commit");
  }
  rate(state, "records", static_cast<double>(state.range(0)));
  sqlite3_finalize(insert);
  sqlite3_close(database);
}
BENCHMARK(RawSqliteCommit)->Arg(1)->Arg(64)->Arg(1000)->UseRealTime()->MinTime(2);

/// `range(0)` callers, each with one record in flight at a time.
void Append(benchmark::State& state) {
  const Folder folder;
  const auto journal = open(folder);
  const auto callers = static_cast<std::ptrdiff_t>(state.range(0));
  std::counting_semaphore<> free(callers);
  for (auto _ : state) {
    free.acquire();
    if (!journal->inbox().append({kReport}, [&](const Result<void>&) { free.release(); })) std::abort();
  }
  for (std::ptrdiff_t i = 0; i < callers; ++i) free.acquire();
  rate(state, "records", 1);
}
BENCHMARK(Append)->Arg(1)->Arg(64)->UseRealTime()->MinTime(2);

/// A shard's commit: an alert, a risk event and ten state records.
void Commit(benchmark::State& state) {
  const Folder folder;
  const auto journal = open(folder);
  std::int64_t number = 0;
  for (auto _ : state) {
    ports::Commit commit{.next = Offset(0), .outputs = {}, .state = {}};
    ports::OutputRecord alert;
    alert.id = alert.alert = "35.73-" + std::to_string(++number);
    alert.step = "fired";
    alert.state = "firing";
    alert.value = alert.data = kAlert;
    ports::OutputRecord risk;
    risk.topic = ports::OutputTopic::risk;
    risk.value = kReport;
    commit.outputs = {alert, risk};
    for (int i = 0; i < 10; ++i)
      commit.state.push_back({{"35.73", "area", std::to_string((number * 7 + i) % 500)}, kState});
    if (!journal->journal().commit(commit)) state.SkipWithError("commit");
  }
  rate(state, "commits", 1);
}
BENCHMARK(Commit)->UseRealTime()->MinTime(2);

/// Records that go all the way: 64 callers append while the shard polls and commits what came.
void AppendAndApply(benchmark::State& state) {
  const Folder folder;
  const auto journal = open(folder);
  constexpr int kBatch = 500;
  Offset applied(0);
  for (auto _ : state) {
    std::promise<void> durable;
    int left = kBatch;
    for (int i = 0; i < kBatch; ++i) {
      const bool taken = journal->inbox().append({kReport}, [&](const Result<void>&) {
        if (--left == 0) durable.set_value();  // always called by the inbox's thread
      });
      if (!taken) std::abort();
    }
    const auto apply = [&] {
      const auto records = journal->journal().poll(applied, 1000, std::chrono::milliseconds(10));
      if (!records || records->empty()) return;
      applied = records->back().offset;
      ports::Commit commit{.next = applied, .outputs = {}, .state = {{{"35.73", "area", "1"}, kState}}};
      if (!journal->journal().commit(commit)) state.SkipWithError("commit");
    };
    auto future = durable.get_future();
    while (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) apply();
    while (applied < journal->status().last_input) apply();
  }
  rate(state, "records", kBatch);
}
BENCHMARK(AppendAndApply)->UseRealTime()->MinTime(2);

}  // namespace
