// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

namespace fs = std::filesystem;

class Opening : public ::testing::Test {
 protected:
  /// A journal with something in it, closed.
  void fill() {
    const auto journal = open_journal(path_);
    for (int i = 0; i < 50; ++i) must_append(*journal, {std::string(2000, 'x')});
    ASSERT_TRUE(journal->journal().commit({.next = Offset(50),
                                           .outputs = {alert_output("35.73-x", "fired", "firing", at(1))},
                                           .state = {put("35.73", "area", "1", std::string(5000, 's'))}}));
  }
  int found_damage(std::int64_t pages);
  void expect_refusal(const std::string& why) { EXPECT_EQ(path_.string() + ": " + why, refusal(path_)); }

  TempFolder folder_;
  const fs::path path_ = folder_ / "k.db";
};

TEST_F(Opening, CreatesFolderAndFileForTheOwnerOnly) {
  const fs::path path = folder_ / "new" / "deep" / "kentongan.db";
  const auto journal = open_journal(path);
  EXPECT_TRUE(journal->created());
  EXPECT_FALSE(journal->recovered());
  must_append(*journal, {"a"});
  for (const char* ending : {"", "-wal", "-shm", ".lock"}) {
    struct stat status {};
    ASSERT_EQ(0, stat((path.string() + ending).c_str(), &status)) << ending;
    EXPECT_EQ(0600U, status.st_mode & 0777U) << ending;
  }
  struct stat status {};
  ASSERT_EQ(0, stat(path.parent_path().c_str(), &status));
  EXPECT_EQ(0700U, status.st_mode & 0777U);
}

TEST_F(Opening, ASecondTimeIsNoCreation) {
  fill();
  const auto journal = open_journal(path_);
  EXPECT_FALSE(journal->created());
  EXPECT_FALSE(fs::exists(path_.string() + ".new"));
}

TEST_F(Opening, AMissingFileIsRefusedWhereItMustExist) {
  EXPECT_EQ(path_.string() + ": there is no journal; check journal.path",
            refusal(Options{.path = path_, .create = false}));
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(Opening, AnEmptyPathIsAUsageError) {
  const auto journal = EmbeddedJournal::open({});
  ASSERT_FALSE(journal);
  EXPECT_EQ(Error::Kind::usage, journal.error().kind);
  EXPECT_EQ("journal.path is empty; name a file, ./kentongan-data/kentongan.db", journal.error().message);
}

TEST_F(Opening, AFolderIsRefused) {
  EXPECT_EQ(folder_.path().string() + ": this is a folder; journal.path names a file in it", refusal(folder_.path()));
}

TEST_F(Opening, AParentThatIsAFileIsRefused) {
  write_file(folder_ / "file", "x");
  const std::string message = refusal(folder_ / "file" / "k.db");
  EXPECT_EQ((folder_ / "file").string() +
                ": the folder of the journal is missing and cannot be created (Not a directory); create it, writable "
                "for the user that runs Kentongan, or mount its volume",
            message);
}

TEST_F(Opening, ADraftOfAnInterruptedCreationIsReplaced) {
  write_file(path_.string() + ".new", "half");
  write_file(path_.string() + ".new-journal", "half");
  EXPECT_TRUE(open_journal(path_)->created());
  EXPECT_FALSE(fs::exists(path_.string() + ".new"));
  EXPECT_FALSE(fs::exists(path_.string() + ".new-journal"));
}

TEST_F(Opening, ALogWithoutItsJournalIsRefused) {
  write_file(path_.string() + "-wal", "log");
  expect_refusal("the journal is missing, but its log " + path_.string() +
                 "-wal is there; put the journal back beside it, or move the log away to begin with an empty journal");
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(Opening, ASecondOneNamesTheFirst) {
  const auto first = open_journal(path_);
  expect_refusal(fmt::format(
      "the journal is in use by process {}; stop that service first, or give this one a journal.path of its own",
      getpid()));
}

TEST_F(Opening, ASecondOneThroughALinkIsRefusedToo) {
  const auto first = open_journal(path_);
  fs::create_symlink(path_, folder_ / "link.db");
  EXPECT_NE(std::string::npos, refusal(folder_ / "link.db").find("the journal is in use by process"));
}

TEST_F(Opening, TheLockFileOfADeadServiceDoesNotMatter) {
  fill();
  write_file(path_.string() + ".lock", "1\n");
  EXPECT_FALSE(open_journal(path_)->created());
}

TEST_F(Opening, AnEmptyFileIsRefused) {
  write_file(path_, "");
  expect_refusal(
      "not a Kentongan journal (it is shorter than a header); check journal.path, put back the latest backup, or move "
      "the file away to begin with an empty journal");
  EXPECT_EQ(0U, fs::file_size(path_)) << "left as it was";
}

TEST_F(Opening, RandomBytesAreRefused) {
  std::mt19937_64 random(20241127);
  for (const std::size_t size : {1U, 99U, 100U, 4096U, 100'000U}) {
    std::string bytes(size, ' ');
    for (char& byte : bytes) byte = static_cast<char>(random());
    write_file(path_, bytes);
    const std::string message = refusal(path_);
    EXPECT_NE(std::string::npos, message.find(": not a Kentongan journal (")) << message;
    EXPECT_EQ(size, fs::file_size(path_)) << "left as it was";
  }
}

TEST_F(Opening, TextIsRefused) {
  write_file(path_, std::string(5000, 'y'));
  expect_refusal(
      "not a Kentongan journal (not an SQLite database); check journal.path, put back the latest backup, or move the "
      "file away to begin with an empty journal");
}

TEST_F(Opening, ADatabaseOfAnotherProgramIsRefusedAndNotTouched) {
  tamper(path_, "CREATE TABLE t(a); PRAGMA application_id=1234; PRAGMA user_version=1");
  const auto before = fs::last_write_time(path_);
  expect_refusal("not a Kentongan journal (a database of another program); give journal.path a file of its own");
  EXPECT_EQ(before, fs::last_write_time(path_));
  EXPECT_FALSE(fs::exists(path_.string() + "-wal"));
}

TEST_F(Opening, ANewerSchemaIsRefused) {
  fill();
  tamper(path_, "PRAGMA user_version=2");
  const std::string why =
      "the journal was written by a newer Kentongan (schema 2, this one knows up to 1); run that version, or put back "
      "a backup made before the upgrade";
  expect_refusal(why);
  EXPECT_EQ(path_.string() + ": " + why, Dump::open(path_).error().message);
}

TEST_F(Opening, MissingTablesAreDamage) {
  fill();
  tamper(path_, "DROP TABLE state");
  expect_refusal(
      "the journal is damaged (its tables are not complete); keep this file and the -wal file beside it for an "
      "examination and put back the latest backup");
}

TEST_F(Opening, ATruncatedFileIsRefusedAtEveryLength) {
  fill();
  const auto size = fs::file_size(path_);
  ASSERT_GT(size, 20U * 4096U);
  for (auto left = size - 1; left > 0; left = left > 4096 ? left - 4096 : left / 2) {
    fs::resize_file(path_, left);
    const std::string message = refusal(path_);
    EXPECT_NE(std::string::npos, message.find(left >= 100 ? "cut off: the file is shorter than its header says"
                                                          : "not a Kentongan journal"))
        << message;
  }
}

/// Overwrites the page that holds the root of a table.
void damage(const fs::path& path, std::int64_t page) { overwrite(path, (page - 1) * 4096, std::string(4096, '\xa5')); }

/// Damages each page in turn; how many times opening finds it.
int Opening::found_damage(std::int64_t pages) {
  fs::copy_file(path_, folder_ / "whole");
  int found = 0;
  for (std::int64_t page = 2; page <= pages; ++page) {
    fs::copy_file(folder_ / "whole", path_, fs::copy_options::overwrite_existing);
    damage(path_, page);
    const auto journal = EmbeddedJournal::open({.path = path_});
    if (journal) continue;
    ++found;
    EXPECT_NE(std::string::npos, journal.error().message.find("damaged")) << journal.error().message;
    EXPECT_NE(std::string::npos, journal.error().message.find("put back the latest backup")) << journal.error().message;
  }
  return found;
}

// A page in the middle of a long value has no structure of its own; the rest is found.
TEST_F(Opening, DamageIsFoundAfterAServiceThatDidNotCloseTheJournal) {
  fill();
  const auto pages = static_cast<std::int64_t>(fs::file_size(path_) / 4096);
  tamper(path_, "UPDATE progress SET value=0 WHERE name='clean_shutdown'");
  EXPECT_GE(found_damage(pages), static_cast<int>(pages) - 4);
}

TEST_F(Opening, DamageIsFoundAfterACleanStop) {
  fill();
  const auto pages = static_cast<std::int64_t>(fs::file_size(path_) / 4096);
  EXPECT_GE(found_damage(pages), static_cast<int>(pages) - 4);
}

TEST_F(Opening, DamageUnderALargeCleanJournalIsAnErrorWhenItIsRead) {
  fill();
  const auto pages = static_cast<std::int64_t>(fs::file_size(path_) / 4096);
  fs::copy_file(path_, folder_ / "whole");
  for (std::int64_t page = 2; page <= pages; ++page) {
    fs::copy_file(folder_ / "whole", path_, fs::copy_options::overwrite_existing);
    damage(path_, page);
    const auto journal = EmbeddedJournal::open({.path = path_, .check_up_to = 0});
    if (!journal) {
      EXPECT_NE(std::string::npos, journal.error().message.find("damaged")) << journal.error().message;
      continue;
    }
    const auto restored = (*journal)->journal().restore([](const ports::StateKey&, std::string_view) {});
    const auto polled = (*journal)->journal().poll(Offset(0), 1000, Duration(0));
    for (const std::string& message :
         {restored ? std::string() : restored.error().message, polled ? std::string() : polled.error().message}) {
      EXPECT_TRUE(message.empty() || message.find("the database is damaged") != std::string::npos) << message;
    }
  }
}

TEST_F(Opening, ACleanJournalIsNotCalledRecovered) {
  fill();
  EXPECT_FALSE(open_journal(path_)->recovered());
  tamper(path_, "UPDATE progress SET value=0 WHERE name='clean_shutdown'");
  EXPECT_TRUE(open_journal(path_)->recovered());
  EXPECT_FALSE(open_journal(path_)->recovered());
}

}  // namespace
}  // namespace kentongan::sqlite::testing
