// SPDX-License-Identifier: Apache-2.0
//
// What a user without rights meets. The work runs in a child process as `nobody` where the tests run as root,
// who may do everything.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kNobody = 65534;

/// What `work` returns, run without rights. The gtest process has no other thread here.
std::string as_nobody(const std::function<std::string()>& work) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child < 0) return "no child process";
  if (child == 0) {
    const bool dropped = geteuid() != 0 || (setgid(kNobody) == 0 && setuid(kNobody) == 0);
    const std::string answer = dropped ? work() : "cannot drop rights";
    const ssize_t written = write(pipe_ends[1], answer.data(), answer.size());
    _exit(written == static_cast<ssize_t>(answer.size()) ? 0 : 1);
  }
  close(pipe_ends[1]);
  std::string answer;
  char buffer[4096];
  for (ssize_t size = 0; (size = read(pipe_ends[0], buffer, sizeof buffer)) > 0;) {
    answer.append(buffer, static_cast<std::size_t>(size));
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return status == 0 ? answer : "the child failed";
}

class Permission : public ::testing::Test {
 protected:
  Permission() {
    must_append(*open_journal(path_), {"a"});
    if (geteuid() == 0) {
      for (const auto& entry : fs::directory_iterator(folder_.path())) give_away(entry.path());
      give_away(folder_.path());
    }
  }
  ~Permission() override { fs::permissions(folder_.path(), fs::perms::owner_all); }
  static void give_away(const fs::path& path) { EXPECT_EQ(0, chown(path.c_str(), kNobody, kNobody)); }

  TempFolder folder_;
  const fs::path path_ = folder_ / "k.db";
};

TEST_F(Permission, TheOwnerMayOpenIt) {
  EXPECT_EQ("it was opened", as_nobody([&] { return refusal(path_); }));
}

TEST_F(Permission, AReadOnlyFileIsRefused) {
  fs::permissions(path_, fs::perms::owner_read);
  EXPECT_EQ(path_.string() + ": the journal is read-only; make the file writable for the user that runs Kentongan",
            as_nobody([&] { return refusal(path_); }));
}

TEST_F(Permission, AnUnreadableFileIsRefused) {
  fs::permissions(path_, fs::perms::none);
  EXPECT_EQ(
      path_.string() + ": the journal cannot be read; make it readable and writable for the user that runs Kentongan",
      as_nobody([&] { return refusal(path_); }));
}

TEST_F(Permission, AReadOnlyFolderIsRefused) {
  fs::remove(path_.string() + ".lock");
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(path_.string() +
                ".lock: the lock file of the journal cannot be opened (Permission denied); make the folder " +
                folder_.path().string() + " writable for the user that runs Kentongan",
            as_nobody([&] { return refusal(path_); }));
}

TEST_F(Permission, AReadOnlyFolderWithALockFileIsRefused) {
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const std::string message = as_nobody([&] { return refusal(path_); });
  EXPECT_TRUE(message.starts_with(path_.string() + ": opening the journal: ")) << message;
  EXPECT_NE(std::string::npos, message.find("the user that runs Kentongan")) << message;
}

TEST_F(Permission, AFolderThatCannotBeCreatedIsRefused) {
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ((folder_ / "below").string() +
                ": the folder of the journal is missing and cannot be created (Permission denied); create it, writable "
                "for the user that runs Kentongan, or mount its volume",
            as_nobody([&] { return refusal(folder_ / "below" / "k.db"); }));
}

TEST_F(Permission, AClosedJournalInAReadOnlyFolderIsDumped) {
  {
    const auto journal = open_journal(path_);
    ASSERT_TRUE(journal->journal().commit(
        {.next = Offset(1), .outputs = {output(ports::OutputTopic::risk, "r-1")}, .state = {}}));
  }
  if (geteuid() == 0) give_away(path_);
  fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(R"(1 r-1 {"id":"r-1"})", as_nobody([&] {
              const auto lines = dumped(path_);
              return lines.size() == 1 ? lines.front() : "not one line";
            }));
}

}  // namespace
}  // namespace kentongan::sqlite::testing
