// SPDX-License-Identifier: Apache-2.0
//
// The file is taken away from under a journal that is open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

struct Case {
  std::string name;
  std::function<void(const fs::path&)> take_away;
  std::string says;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class Presence : public ::testing::TestWithParam<Case> {
 protected:
  TempFolder folder_;
  const fs::path path_ = folder_ / "j" / "k.db";
};

TEST_P(Presence, NothingIsAcceptedThatWouldBeLost) {
  const auto journal = open_journal(path_);
  must_append(*journal, {"kept"});
  GetParam().take_away(path_);
  const auto says = AllOf(HasSubstr(GetParam().says), HasSubstr("put the journal back"));

  const auto appended = append(*journal, {"lost"});
  ASSERT_FALSE(appended);
  EXPECT_THAT(appended.error().message, says);
  const auto committed = journal->journal().commit({.next = Offset(1), .outputs = {}, .state = {}});
  ASSERT_FALSE(committed);
  EXPECT_THAT(committed.error().message, says);
  const auto polled = journal->journal().poll(Offset(1), 10, Duration(0));
  ASSERT_FALSE(polled) << "without events it is noticed too";
  EXPECT_THAT(polled.error().message, says);
  const auto restored = journal->journal().restore([](const ports::StateKey&, std::string_view) {});
  ASSERT_FALSE(restored) << "else the shard would call itself ready again";
  EXPECT_THAT(restored.error().message, says);
  const auto stopped = journal->stop(std::chrono::seconds(1));
  ASSERT_FALSE(stopped) << "it is not closed cleanly";
  EXPECT_THAT(stopped.error().message, says);
}

void replace(const fs::path& file) {
  fs::copy_file(file, file.string() + ".copy");
  fs::rename(file.string() + ".copy", file);
}

INSTANTIATE_TEST_SUITE_P(
    Ways, Presence,
    ::testing::Values(
        Case{"deleted", [](const fs::path& path) { fs::remove(path); }, "k.db: this file was deleted or moved away"},
        Case{"replaced", [](const fs::path& path) { replace(path); }, "k.db: this file was replaced by another one"},
        Case{"log_deleted", [](const fs::path& path) { fs::remove(path.string() + "-wal"); },
             "k.db-wal: this file was deleted or moved away"},
        Case{"log_replaced", [](const fs::path& path) { replace(path.string() + "-wal"); },
             "k.db-wal: this file was replaced by another one"},
        Case{"folder_moved", [](const fs::path& path) { fs::rename(path.parent_path(), path.parent_path() += "2"); },
             "k.db: this file was deleted or moved away"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Presence, AFilePutBackIsGoneOnWith) {
  const auto journal = open_journal(path_);
  fs::rename(path_, folder_ / "elsewhere");
  EXPECT_FALSE(append(*journal, {"a"}));
  fs::rename(folder_ / "elsewhere", path_);
  must_append(*journal, {"b"});
  EXPECT_EQ(1, journal->status().last_input.value());
}

TEST_F(Presence, AnotherWriterIsNamed) {
  const auto journal = open_journal(path_);
  must_append(*journal, {"a"});
  tamper(path_, "INSERT INTO inputs(offset, received, value) VALUES(2, 0, x'00')");
  const auto appended = append(*journal, {"b"});
  ASSERT_FALSE(appended);
  EXPECT_THAT(appended.error().message, AllOf(HasSubstr("another process writes the same journal"),
                                              HasSubstr("stop all but one"), HasSubstr("inputs.offset")));
}

}  // namespace
}  // namespace kentongan::sqlite::testing
