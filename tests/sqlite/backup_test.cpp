// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "adapters/sqlite/condition.hpp"
#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void commit(EmbeddedJournal& journal, std::int64_t next, const std::string& alert) {
  const auto committed =
      journal.journal().commit({.next = Offset(next),
                                .outputs = {alert_output(alert, "fired", "firing", at(next))},
                                .state = {put("35.73", "city", "k" + alert, std::string(2000, 'x'))}});
  ASSERT_TRUE(committed) << committed.error().message;
}

/// Files of a folder by name.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Backup, OfARunningJournalIsOneCommitAndComesBack) {
  const TempFolder folder;
  fs::create_directory(folder / "copies");
  Picture before;
  {
    auto journal = open_journal(folder / "k.db");
    must_append(*journal, {"a", "b", "c"});
    commit(*journal, 2, "one");
    const auto copied = back_up(folder / "k.db", folder / "copies/k.db");
    ASSERT_TRUE(copied) << copied.error().message;
    EXPECT_EQ(copied->last_input, 3);
    EXPECT_EQ(copied->committed, 2);
    EXPECT_EQ(copied->outputs, 1);
    EXPECT_EQ(copied->bytes, fs::file_size(folder / "copies/k.db"));
    before = picture_of(*journal, folder / "k.db");
    must_append(*journal, {"d"});
    commit(*journal, 4, "two");
  }
  EXPECT_THAT(names_in(folder / "copies"), ::testing::ElementsAre("k.db")) << "nothing beside the copy";
  EXPECT_EQ(fs::status(folder / "copies/k.db").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto restored = restore(folder / "copies/k.db", folder / "k.db");
  ASSERT_TRUE(restored) << restored.error().message;
  ASSERT_TRUE(restored->replaced);
  EXPECT_EQ(dumped(*restored->replaced).size(), 2U) << "what stood there is kept";
  auto journal = open_journal(folder / "k.db");
  EXPECT_TRUE(journal->recovered()) << "it is the copy of a journal in use, and is checked";
  EXPECT_EQ(picture_of(*journal, folder / "k.db"), before);
}

TEST(Backup, HoldsNoWriterUpAndIsWholeWhateverIsWritten) {
  const TempFolder folder;
  auto journal = open_journal(folder / "k.db");
  must_append(*journal, std::vector<std::string>(20, std::string(4000, 'a')));
  std::atomic<bool> end = false;
  std::thread writer([&] {
    for (std::int64_t i = 1; !end; ++i) {
      must_append(*journal, {std::string(500, 'b')});
      commit(*journal, i, std::to_string(i));
    }
  });
  for (int i = 0; i < 5; ++i) {
    const auto copied = back_up(folder / "k.db", folder / ("copy" + std::to_string(i)));
    const bool one_moment = copied && copied->outputs == copied->committed;
    EXPECT_TRUE(one_moment) << "an output for each commit";
  }
  end = true;
  writer.join();
}

TEST(Backup, OverwritesNothing) {
  const TempFolder folder;
  must_append(*open_journal(folder / "k.db"), {"a"});
  write_file(folder / "there", "precious");
  for (const char* name : {"there", "k.db"}) {
    const auto copied = back_up(folder / "k.db", folder / name);
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().kind, Error::Kind::usage);
    EXPECT_THAT(copied.error().message, HasSubstr("not overwritten"));
  }
  std::ifstream file(folder / "there");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "precious");
}

TEST(Backup, LeavesNoFileWhereItFails) {
  const TempFolder folder;
  EXPECT_THAT(back_up(folder / "none.db", folder / "copy").error().message, HasSubstr("there is no journal"));
  must_append(*open_journal(folder / "k.db"), {"a"});
  EXPECT_THAT(back_up(folder / "k.db", folder / "missing/copy").error().message, HasSubstr("cannot be created"));
  must_append(*open_journal(folder / "damaged.db"), std::vector<std::string>(100, std::string(4000, 'x')));
  overwrite(folder / "damaged.db", 8 * 4096, std::string(4096, 'z'));
  EXPECT_FALSE(back_up(folder / "damaged.db", folder / "copy"));
  EXPECT_FALSE(fs::exists(folder / "copy"));
  EXPECT_FALSE(fs::exists(folder / "copy.partial"));
}

TEST(Restore, IsRefusedWhileAServiceUsesTheJournal) {
  const TempFolder folder;
  must_append(*open_journal(folder / "k.db"), {"a"});
  ASSERT_TRUE(back_up(folder / "k.db", folder / "copy"));
  const auto journal = open_journal(folder / "k.db");
  const auto restored = restore(folder / "copy", folder / "k.db");
  ASSERT_FALSE(restored);
  EXPECT_THAT(restored.error().message, HasSubstr("in use by process"));
}

TEST(Restore, TakesOnlyAWholeCopyAndLeavesTheJournalElse) {
  const TempFolder folder;
  must_append(*open_journal(folder / "k.db"), std::vector<std::string>(100, std::string(4000, 'x')));
  ASSERT_TRUE(back_up(folder / "k.db", folder / "copy"));
  const auto names = [&] { return names_in(folder.path()); };
  const auto before = names();
  overwrite(folder / "copy", 8 * 4096, std::string(4096, 'z'));
  EXPECT_THAT(restore(folder / "copy", folder / "k.db").error().message, HasSubstr("damaged"));
  write_file(folder / "text",
             "no database at all, but longer than the header of one, which has a hundred bytes in it....");
  EXPECT_THAT(restore(folder / "text", folder / "k.db").error().message, HasSubstr("not a Kentongan journal"));
  fs::remove(folder / "text");
  EXPECT_THAT(restore(folder / "none", folder / "k.db").error().message, HasSubstr("there is no journal"));
  EXPECT_EQ(restore(folder / "k.db", folder / "k.db").error().kind, Error::Kind::usage);
  EXPECT_EQ(names(), before);
  EXPECT_EQ(refusal(folder / "k.db"), "it was opened");
}

TEST(Restore, IntoAnEmptyPlaceMakesTheFolder) {
  const TempFolder folder;
  must_append(*open_journal(folder / "k.db"), {"a"});
  ASSERT_TRUE(back_up(folder / "k.db", folder / "copy"));
  const auto restored = restore(folder / "copy", folder / "new/data/k.db");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_FALSE(restored->replaced);
  EXPECT_EQ(refusal(folder / "new/data/k.db"), "it was opened");
}

TEST(Restore, ALogThatWasLeftBehindIsMovedAsideToo) {
  const TempFolder folder;
  must_append(*open_journal(folder / "k.db"), {"a"});
  ASSERT_TRUE(back_up(folder / "k.db", folder / "copy"));
  fs::remove(folder / "k.db");
  write_file(folder / "k.db-wal", "of a journal that was deleted");
  const auto restored = restore(folder / "copy", folder / "k.db");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_TRUE(restored->replaced);
  EXPECT_FALSE(fs::exists(folder / "k.db-wal"));
  EXPECT_EQ(refusal(folder / "k.db"), "it was opened");
}

TEST(Condition, TellsAJournalFromOutside) {
  const TempFolder folder;
  EXPECT_FALSE(condition_of(folder / "k.db", 1 << 20)->exists);
  auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"a", "b", "c"});
  commit(*journal, 1, "one");
  const auto used = condition_of(folder / "k.db", 1 << 20);
  ASSERT_TRUE(used) << used.error().message;
  EXPECT_TRUE(used->in_use);
  EXPECT_THAT(used->holder, HasSubstr("process "));
  EXPECT_TRUE(used->checked);
  EXPECT_EQ(used->waiting, 2);
  EXPECT_GT(used->last_received, 0);
  journal.reset();
  const auto closed = condition_of(folder / "k.db", 0);
  ASSERT_TRUE(closed) << closed.error().message;
  EXPECT_FALSE(closed->in_use);
  EXPECT_FALSE(closed->checked);
  EXPECT_EQ(closed->waiting, 2);
  write_file(folder / "text", "x");
  EXPECT_FALSE(condition_of(folder / "text", 0));
}

}  // namespace
}  // namespace kentongan::sqlite::testing
