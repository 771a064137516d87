// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <map>
#include <thread>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

using namespace std::chrono_literals;

/// A shard that makes one alert step of each input.
class Shard {
 public:
  explicit Shard(EmbeddedJournal& journal) : journal_(journal) {}

  void run(std::int64_t until) {
    Offset at(0);
    while (at.value() < until) {
      const auto records = journal_.journal().poll(at, 50, 100ms);
      ASSERT_TRUE(records) << records.error().message;
      if (records->empty()) continue;
      ports::Commit commit{.next = records->back().offset, .outputs = {}, .state = {}};
      for (const auto& record : *records) {
        ASSERT_EQ(at.value() + 1, record.offset.value()) << "none is left out";
        at = record.offset;
        commit.outputs.push_back(alert_output("35.73-" + std::to_string(at.value() % 7), std::string(record.value),
                                              "firing", kentongan::sqlite::testing::at(at.value())));
        commit.state.push_back(put("35.73", "input", std::string(record.value), std::to_string(at.value())));
      }
      const auto done = journal_.journal().commit(commit);
      ASSERT_TRUE(done) << done.error().message;
    }
  }

 private:
  EmbeddedJournal& journal_;
};

/// Readers see whole commits: an alert's data is always that of its last step.
void read_alerts(ports::AlertReader& alerts, const std::atomic<bool>& ended, std::atomic<int>& pages) {
  while (!ended) {
    const auto page = alerts.alerts("firing", "", 5);
    ASSERT_TRUE(page) << page.error().message;
    for (const auto& alert : page->alerts) {
      ASSERT_FALSE(alert.steps.empty());
      ASSERT_NE(std::string::npos, alert.data.find("\"" + alert.steps.back().step + "\"")) << alert.data;
    }
    ASSERT_TRUE(alerts.alert("35.73-3"));
    ++pages;
  }
}

TEST(Concurrency, ManyAppendWhileOneAppliesAndOthersRead) {
  constexpr int kAppenders = 6;
  constexpr int kAppends = 60;
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .log_pages = 30});
  std::atomic<bool> ended = false;
  std::atomic<int> pages = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) readers.emplace_back([&] { read_alerts(journal->alerts(), ended, pages); });
  readers.emplace_back([&] {
    std::size_t seen = 0;
    while (!ended) {
      const JournalStatus status = journal->status();
      EXPECT_LE(status.committed, status.last_input);
      const std::size_t outputs = dumped(folder / "k.db").size();
      EXPECT_LE(seen, outputs);
      seen = outputs;
    }
  });
  std::jthread shard([&] { Shard(*journal).run(kAppenders * kAppends * 2); });
  {
    std::vector<std::jthread> appenders;
    for (int t = 0; t < kAppenders; ++t) {
      appenders.emplace_back([&, t] {
        for (int i = 0; i < kAppends; ++i)
          must_append(*journal, {fmt::format("{}/{}", t, i), fmt::format("{}/{}b", t, i)});
      });
    }
  }
  shard.join();
  ended = true;
  readers.clear();
  EXPECT_GT(pages, 0);
  const Picture picture = picture_of(*journal, folder / "k.db");
  EXPECT_EQ(kAppenders * kAppends * 2, picture.committed);
  EXPECT_EQ(static_cast<std::size_t>(picture.committed), picture.outputs.size());
  EXPECT_EQ(static_cast<std::size_t>(picture.committed), picture.state.size());
  EXPECT_EQ(7U, picture.alerts.size());
}

TEST(Concurrency, NeitherSideStarvesTheOther) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  std::atomic<bool> ended = false;
  std::atomic<int> appends = 0;
  std::vector<std::jthread> appenders;
  for (int t = 0; t < 4; ++t) {
    appenders.emplace_back([&] {
      while (!ended) {
        must_append(*journal, {"x"});
        ++appends;
      }
    });
  }
  // With the inbox always at work, each commit waits for one group at most; and the other way round.
  for (int i = 0; i < 100; ++i) {
    const int before = appends;
    const auto done = journal->journal().commit({.next = Offset(0), .outputs = {}, .state = {put("c", "k", "1", "v")}});
    ASSERT_TRUE(done) << done.error().message;
    if (i > 50) {
      while (appends == before) std::this_thread::yield();
    }
  }
  ended = true;
  appenders.clear();
  EXPECT_GT(appends, 50);
}

TEST(Concurrency, TheLogStaysShortWhileReadersRead) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .log_pages = 100});
  ports::Commit alerts{.next = Offset(0), .outputs = {}, .state = {}};
  for (int i = 0; i < 200; ++i)
    alerts.outputs.push_back(alert_output("35.73-" + std::to_string(i), "fired", "firing", at(i)));
  ASSERT_TRUE(journal->journal().commit(alerts));
  std::atomic<bool> ended = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!ended) EXPECT_TRUE(journal->alerts().alerts("", "", 100));
    });
    readers.emplace_back([&] {
      while (!ended) EXPECT_EQ(200U, dumped(folder / "k.db").size());
    });
  }
  std::uintmax_t longest = 0;
  for (int i = 0; i < 300; ++i) {
    must_append(*journal, {std::string(40'000, 'x')});  // ten pages
    longest = std::max(longest, std::filesystem::file_size(folder.path() / "k.db-wal"));
  }
  ended = true;
  readers.clear();
  EXPECT_LE(longest, 1100U * 4200U) << "3,000 pages went through it";
}

TEST(Concurrency, AReaderThatStaysDoesNotStopTheService) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .log_pages = 50});
  must_append(*journal, {"a"});
  auto dump = Dump::open(folder / "k.db");
  ASSERT_TRUE(dump);
  ASSERT_TRUE(
      journal->journal().commit({.next = Offset(1), .outputs = {output(ports::OutputTopic::risk, "r")}, .state = {}}));
  constexpr ports::OutputTopic kRisk[]{ports::OutputTopic::risk};
  ASSERT_TRUE(dump->visit(kRisk, [&](const DumpedOutput&) {
    for (int i = 0; i < 60; ++i) must_append(*journal, {std::string(40'000, 'x')});
    return true;
  }));
  EXPECT_EQ(Offset(61), journal->status().last_input);
}

TEST(Concurrency, AnotherProgramsLockIsWaitedForAndThenNamed) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .busy_wait = 50ms});
  std::promise<void> locked;
  std::promise<void> release;
  std::jthread other([&] {
    with_write_lock(folder / "k.db", [&] {
      locked.set_value();
      release.get_future().wait();
    });
  });
  locked.get_future().wait();
  const auto refused = append(*journal, {"a"});
  ASSERT_FALSE(refused);
  EXPECT_EQ((folder / "k.db").string() +
                ": beginning a transaction: another program keeps the database locked (database is locked, SQLite code "
                "5); end it (a database shell or a copy in progress) and try again",
            refused.error().message);
  release.set_value();
  other.join();
  EXPECT_TRUE(append(*journal, {"a"}));
  EXPECT_EQ(Offset(1), journal->status().last_input);
}

}  // namespace
}  // namespace kentongan::sqlite::testing
