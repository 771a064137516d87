// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> values(const std::vector<ports::InputRecord>& records) {
  std::vector<std::string> values;
  for (const auto& record : records) values.emplace_back(record.value.view());
  return values;
}

TEST(Inbox, OffsetsCountFromOneWithoutGaps) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"a", "b"});
  must_append(*journal, {"c"});
  const auto records = journal->journal().poll(Offset(0), 10, 0ms);
  ASSERT_TRUE(records);
  ASSERT_EQ(3U, records->size());
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(static_cast<std::int64_t>(i + 1), (*records)[i].offset.value());
  EXPECT_EQ((std::vector<std::string>{"a", "b", "c"}), values(*records));
}

TEST(Inbox, BytesComeBackAsTheyWere) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  std::string all(256, ' ');
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
  const std::vector<std::string> records{"", all, std::string(300'000, '\0'), std::string("\0x", 2)};
  must_append(*journal, records);
  EXPECT_EQ(records, values(*journal->journal().poll(Offset(0), 10, 0ms)));
}

TEST(Inbox, AnEmptyAppendIsAnswered) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  EXPECT_TRUE(append(*journal, {}));
  EXPECT_EQ(Offset(0), journal->status().last_input);
}

TEST(Inbox, RecordsOfAnAppendStayTogetherWhoeverElseAppends) {
  constexpr int kThreads = 8;
  constexpr int kAppends = 20;
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kAppends; ++i) {
          const std::string name = std::to_string(t) + "/" + std::to_string(i);
          must_append(*journal, {name + "/0", name + "/1", name + "/2"});
        }
      });
    }
  }
  const auto records = journal->journal().poll(Offset(0), 10'000, 0ms);
  ASSERT_EQ(static_cast<std::size_t>(kThreads * kAppends * 3), records->size());
  std::vector<int> next(kThreads, 0);
  for (std::size_t i = 0; i < records->size(); i += 3) {
    const std::string name = std::string((*records)[i].value.view().substr(0, (*records)[i].value.view().size() - 2));
    for (std::size_t part = 0; part < 3; ++part) {
      EXPECT_EQ(name + "/" + std::to_string(part), (*records)[i + part].value.view());
    }
    const auto thread = static_cast<std::size_t>(std::stoi(name));
    EXPECT_EQ(std::to_string(thread) + "/" + std::to_string(next[thread]++), name);
  }
}

/// Holds the inbox's thread in a `done`, so that what follows waits.
class HeldInbox {
 public:
  explicit HeldInbox(EmbeddedJournal& journal) {
    EXPECT_TRUE(journal.inbox().append({"held"}, [this](const Result<void>&) {
      entered_.count_down();
      released_.get_future().wait();
    }));
    entered_.wait();
  }
  void release() { released_.set_value(); }

 private:
  std::latch entered_{1};
  std::promise<void> released_;
};

TEST(Inbox, IsBoundedInRecords) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .waiting_records = 3});
  HeldInbox held(*journal);
  std::latch done(2);
  const auto count = [&](const Result<void>& durable) {
    EXPECT_TRUE(durable);
    done.count_down();
  };
  EXPECT_TRUE(journal->inbox().append({"a", "b"}, count));
  EXPECT_FALSE(journal->inbox().append({"c", "d"}, [](const Result<void>&) { ADD_FAILURE() << "was not taken"; }));
  EXPECT_TRUE(journal->inbox().append({"e"}, count));
  EXPECT_EQ(3U, journal->status().waiting_records);
  held.release();
  done.wait();
  EXPECT_TRUE(append(*journal, {"f", "g", "h"})) << "room again";
  EXPECT_EQ((std::vector<std::string>{"held", "a", "b", "e", "f", "g", "h"}),
            values(*journal->journal().poll(Offset(0), 10, 0ms)));
}

TEST(Inbox, IsBoundedInBytes) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .waiting_bytes = 100});
  HeldInbox held(*journal);
  const auto nothing = [](const Result<void>&) {};
  EXPECT_TRUE(journal->inbox().append({std::string(60, 'a')}, nothing));
  EXPECT_FALSE(journal->inbox().append({std::string(41, 'b')}, nothing));
  EXPECT_TRUE(journal->inbox().append({std::string(40, 'c')}, nothing));
  EXPECT_EQ(100U, journal->status().waiting_bytes);
  held.release();
}

TEST(Inbox, ALargerRequestThanTheBoundIsTakenAlone) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .waiting_records = 2, .waiting_bytes = 10});
  EXPECT_TRUE(append(*journal, {std::string(100, 'a'), "b", "c"}));
  EXPECT_EQ(0U, journal->status().waiting_bytes);
}

TEST(Inbox, RequestsThatWaitAreCommittedTogether) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  HeldInbox held(*journal);
  // Each done sees what is durable at its time: the first of a group sees the whole group.
  std::vector<std::int64_t> seen;
  std::latch done(3);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(journal->inbox().append({"x"}, [&](const Result<void>&) {
      seen.push_back(journal->status().last_input.value());
      done.count_down();
    }));
  }
  held.release();
  done.wait();
  EXPECT_EQ((std::vector<std::int64_t>{4, 4, 4}), seen);
}

TEST(Inbox, DoneMayAppend) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  std::latch done(1);
  ASSERT_TRUE(journal->inbox().append({"a"}, [&](const Result<void>&) {
    EXPECT_TRUE(journal->inbox().append({"b"}, [&](const Result<void>&) { done.count_down(); }));
  }));
  done.wait();
  EXPECT_EQ(Offset(2), journal->status().last_input);
}

TEST(Stop, CommitsWhatWaits) {
  const TempFolder folder;
  auto journal = open_journal(folder / "k.db");
  std::atomic<int> durable = 0;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(journal->inbox().append({"x"}, [&](const Result<void>& done) { durable += done ? 1 : 0; }));
  }
  ASSERT_TRUE(journal->stop(10s));
  EXPECT_EQ(100, durable);
  EXPECT_FALSE(journal->inbox().append({"y"}, [](const Result<void>&) { ADD_FAILURE() << "was not taken"; }));
  journal.reset();
  journal = open_journal(folder / "k.db");
  EXPECT_EQ(Offset(100), journal->status().last_input);
  EXPECT_FALSE(journal->recovered());
}

TEST(Stop, FailsWhatItsTimeDoesNotAllow) {
  const TempFolder folder;
  auto journal = open_journal(folder / "k.db");
  std::promise<void> release;
  std::latch entered(1);
  ASSERT_TRUE(journal->inbox().append({"held"}, [&](const Result<void>&) {
    entered.count_down();
    release.get_future().wait();
  }));
  entered.wait();
  std::string message;
  ASSERT_TRUE(journal->inbox().append(
      {"late"}, [&](const Result<void>& done) { message = done ? "stored" : done.error().message; }));
  // The limit of 0 has passed before the held `done` returns.
  std::jthread stopper([&] { EXPECT_TRUE(journal->stop(0ms)); });
  while (journal->inbox().append({}, [](const Result<void>&) {})) std::this_thread::yield();
  std::this_thread::sleep_for(50ms);
  release.set_value();
  stopper.join();
  EXPECT_EQ("the service stopped before the events were stored; send them again", message);
  journal.reset();
  EXPECT_EQ(Offset(1), open_journal(folder / "k.db")->status().last_input);
}

TEST(Stop, ANeverStoppedJournalIsClosedByItsDestructor) {
  const TempFolder folder;
  must_append(*open_journal(folder / "k.db"), {"a"});
  const auto journal = open_journal(folder / "k.db");
  EXPECT_FALSE(journal->recovered());
  EXPECT_EQ(Offset(1), journal->status().last_input);
  EXPECT_FALSE(std::filesystem::exists(folder / "k.db.new"));
}

}  // namespace
}  // namespace kentongan::sqlite::testing
