// SPDX-License-Identifier: Apache-2.0
// The record: what is in it, what breaks its chain, and what retention leaves.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <future>
#include <thread>

#include "adapters/audit/audit_file.hpp"
#include "adapters/audit/audit_writer.hpp"
#include "process.hpp"

namespace kentongan::audit {
namespace {

using ::testing::HasSubstr;

constexpr const char* kUnguarded = "DROP TRIGGER IF EXISTS entries_stay; DROP TRIGGER IF EXISTS entries_are_kept;";

TimePoint day(int number) { return *parse_rfc3339("2024-11-01T00:00:00Z") + std::chrono::days(number); }

class AuditTest : public ::testing::Test {
 protected:
  std::unique_ptr<AuditFile> open(AuditFile::Open how = AuditFile::Open::append) const {
    auto file = AuditFile::open(path, how);
    if (!file) ADD_FAILURE() << file.error().message;
    return file ? *std::move(file) : nullptr;
  }
  /// Entries 1 to 10, one a day.
  void fill() const {
    const auto file = open();
    for (int i = 1; i <= 10; ++i) {
      const ports::Deed deed{"token a (posko)", "acknowledge", fmt::format("35.73-{}", i), "192.0.2.1",
                             "as o-1 (lurah)"};
      ASSERT_TRUE(file->append(std::span(&deed, 1), day(i)));
    }
  }
  /// What somebody with the file in hand can do. The message of SQLite; empty: it was done.
  [[nodiscard]] std::string tamper(const std::string& sql) const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    char* message = nullptr;
    sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
    std::string said = message == nullptr ? "" : message;
    sqlite3_free(message);
    sqlite3_close(database);
    return said;
  }
  [[nodiscard]] std::int64_t broken_at() const {
    const auto state = open(AuditFile::Open::read)->verify();
    if (!state) ADD_FAILURE() << state.error().message;
    return state->broken ? state->broken->number : -1;
  }

  app::testing::TemporaryFolder folder;
  const std::string path = folder / "data/audit.db";
};

TEST_F(AuditTest, KeepsDeedsInAWholeChainAndToItsOwner) {
  fill();
  const auto file = open(AuditFile::Open::read);
  const auto state = file->verify();
  ASSERT_TRUE(state);
  EXPECT_FALSE(state->broken);
  EXPECT_EQ(state->first, 1);
  EXPECT_EQ(state->last, 10);
  EXPECT_EQ(state->head.size(), 64U);
  EXPECT_EQ(*file->link_at(10), state->head);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(AuditTest, TheDatabaseItselfRefusesToChangeOrRemove) {
  fill();
  EXPECT_THAT(tamper("UPDATE entries SET who = 'nobody' WHERE number = 5"), HasSubstr("never changed"));
  EXPECT_THAT(tamper("DELETE FROM entries WHERE number = 5"), HasSubstr("retention only"));
  EXPECT_EQ(broken_at(), -1);
}

TEST_F(AuditTest, EveryChangeBehindItsBackIsToldWithTheEntry) {
  const std::vector<std::pair<std::string, std::int64_t>> changes{
      {"UPDATE entries SET who = 'nobody' WHERE number = 5", 5},
      {"UPDATE entries SET what = 'confirm' WHERE number = 1", 1},
      {"UPDATE entries SET target = '35.73-0' WHERE number = 10", 10},
      {"UPDATE entries SET time = time + 1 WHERE number = 7", 7},
      {"UPDATE entries SET origin = '' WHERE number = 7", 7},
      {"UPDATE entries SET detail = '' WHERE number = 7", 7},
      {"UPDATE entries SET who = who || substr(what, 1, 1), what = substr(what, 2) WHERE number = 4", 4},
      {"UPDATE entries SET link = (SELECT link FROM entries WHERE number = 3) WHERE number = 4", 4},
      {"DELETE FROM entries WHERE number = 6", 6},
      {"DELETE FROM entries WHERE number < 4", 1},
      {"UPDATE anchor SET number = 3, link = (SELECT link FROM entries WHERE number = 3);"
       "DELETE FROM entries WHERE number < 4",
       3},
      {"UPDATE entries SET number = 11 WHERE number = 10", 10},
  };
  for (const auto& [sql, number] : changes) {
    std::filesystem::remove(path);
    fill();
    ASSERT_EQ(tamper(kUnguarded + sql), "");
    EXPECT_EQ(broken_at(), number) << sql;
  }
}

TEST_F(AuditTest, ACutOffEndIsFoundByWhatWasSeenBefore) {
  fill();
  const std::string head = open()->verify()->head;
  ASSERT_EQ(tamper(std::string(kUnguarded) + "DELETE FROM entries WHERE number = 10"), "");
  EXPECT_EQ(broken_at(), -1) << "the chain alone cannot tell";
  EXPECT_EQ(*open()->link_at(10), std::nullopt);
}

TEST_F(AuditTest, RetentionLeavesAChainThatSaysWhatWasRemoved) {
  fill();
  const auto file = open();
  const std::string before = **file->link_at(4);
  EXPECT_EQ(*file->retain(day(5), day(30)), 4);
  auto state = *file->verify();
  EXPECT_FALSE(state.broken) << state.broken->why;
  EXPECT_EQ(state.removed, 4);
  EXPECT_EQ(state.first, 5);
  EXPECT_EQ(state.last, 11);
  EXPECT_EQ(*file->link_at(4), before);
  EXPECT_EQ(*file->retain(day(5), day(30)), 0);
  EXPECT_EQ(file->verify()->last, 11) << "nothing was removed, so nothing is said";
  EXPECT_EQ(*file->retain(day(100), day(100)), 7);
  state = *file->verify();
  EXPECT_FALSE(state.broken) << state.broken->why;
  EXPECT_EQ(state.removed, 11);
  EXPECT_EQ(state.first, 12);
}

TEST_F(AuditTest, ItIsNeverLongerThanItMayBe) {
  fill();
  const auto file = open();
  EXPECT_EQ(*file->retain(day(0), day(30), 3), 7);
  const auto state = *file->verify();
  EXPECT_FALSE(state.broken) << state.broken->why;
  EXPECT_EQ(state.first, 8);
  EXPECT_EQ(state.last, 11);
}

TEST_F(AuditTest, OnlyOneLineOfFiniteLengthIsKept) {
  const auto file = open();
  const ports::Deed deed{"a\nb", std::string(2000, 'x'), "", "", std::string(499, 'x') + "\xC3\xA9"};
  ASSERT_TRUE(file->append(std::span(&deed, 1), day(1)));
  ASSERT_TRUE(file->each_of_last(
      10, [](const auto&) { return true; },
      [](const access::AuditEntry& entry) {
        EXPECT_EQ(entry.deed.who, "a b");
        EXPECT_EQ(entry.deed.what.size(), 500U);
        EXPECT_EQ(entry.deed.detail, std::string(499, 'x'));
      }));
  EXPECT_EQ(broken_at(), -1);
}

TEST_F(AuditTest, SeveralProgramsAppendToOneChain) {
  std::vector<std::thread> programs;
  for (int i = 0; i < 4; ++i) {
    programs.emplace_back([this] {
      const auto file = open();
      for (int n = 0; n < 10; ++n) {
        const ports::Deed deed{"user root", "token-create", "token x", "", ""};
        EXPECT_TRUE(file->append(std::span(&deed, 1), day(1)));
      }
    });
  }
  for (std::thread& program : programs) program.join();
  const auto state = open()->verify();
  EXPECT_FALSE(state->broken);
  EXPECT_EQ(state->last, 40);
}

TEST_F(AuditTest, TheWriterSaysWhenADeedIsDurable) {
  WriterOptions options;
  options.path = path;
  options.now = [] { return day(1); };
  auto writer = AuditWriter::open(options);
  ASSERT_TRUE(writer) << writer.error().message;
  std::vector<std::promise<bool>> kept(100);
  for (auto& one : kept) {
    (*writer)->keep({"a", "read", "35.73-1", "", ""},
                    [&one](const Result<void>& result) { one.set_value(result.has_value()); });
  }
  for (auto& one : kept) EXPECT_TRUE(one.get_future().get());
  EXPECT_EQ(open(AuditFile::Open::read)->verify()->last, 100);
  (*writer)->stop();
  bool refused = false;
  (*writer)->keep({"a", "read", "35.73-1", "", ""}, [&](const Result<void>& result) { refused = !result; });
  EXPECT_TRUE(refused) << "behind its end";
}

TEST_F(AuditTest, TheWriterRemovesWhatIsOld) {
  fill();
  WriterOptions options;
  options.path = path;
  options.keep = std::chrono::days(5);
  options.now = [] { return day(10); };
  std::string told;
  options.tell = [&told](bool good, const std::string& line) { told += (good ? "good: " : "bad: ") + line; };
  (*AuditWriter::open(options))->stop();
  EXPECT_THAT(told, HasSubstr("good: 4 entries"));
  EXPECT_EQ(open(AuditFile::Open::read)->verify()->first, 5);
}

TEST_F(AuditTest, AnotherDatabaseIsNoRecord) {
  std::filesystem::create_directories(folder / "data");
  ASSERT_EQ(tamper("CREATE TABLE t(a)"), "");
  const auto file = AuditFile::open(path, AuditFile::Open::append);
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("no record of Kentongan"));
}

}  // namespace
}  // namespace kentongan::audit
