// SPDX-License-Identifier: Apache-2.0
//
// Each step by which a commit reaches the disk goes wrong once, for every step and several ways of failing.
// Afterwards the journal shows the state before or after, never between, and goes on working.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "fault_vfs.hpp"
#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

namespace fs = std::filesystem;
using fault_vfs::Fault;

struct Case {
  std::string name;
  Fault fault;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

ports::Commit commit_up_to(std::int64_t offset, std::size_t value_size) {
  ports::Commit commit{.next = Offset(offset), .outputs = {}, .state = {}};
  const std::string alert = fmt::format("35.73-{}", offset);
  commit.outputs = {output(ports::OutputTopic::risk, fmt::format("r-{}", offset)),
                    alert_output(alert, "fired", "firing", at(offset)),
                    alert_output(alert, "resolved", "resolved", at(offset)),
                    output(ports::OutputTopic::deadletters, fmt::format("d-{}", offset))};
  for (int i = 0; i < 8; ++i) {
    commit.state.push_back(
        put("35.73", "area", std::to_string(i), std::string(value_size, static_cast<char>('a' + offset % 26))));
  }
  commit.state.push_back(remove("35.73", "area", "7"));
  return commit;
}

class Faults : public ::testing::TestWithParam<Case> {
 protected:
  Faults() { fault_vfs::install(); }
  ~Faults() override { fault_vfs::disarm(); }

  std::unique_ptr<EmbeddedJournal> open() {
    return open_journal(Options{.path = path_, .log_pages = log_pages_, .vfs = fault_vfs::kName});
  }

  /// A fresh journal with an applied input, and one that waits to be applied.
  std::unique_ptr<EmbeddedJournal> begin() {
    fs::remove_all(folder_ / "j");
    auto journal = open();
    must_append(*journal, {"first", "second"});
    EXPECT_TRUE(journal->journal().commit(commit_up_to(1, 2000)));
    return journal;
  }

  /// What a crash right now would leave: the files as they are, opened elsewhere.
  Picture picture_after_crash() {
    fs::remove_all(folder_ / "crash");
    fs::create_directory(folder_ / "crash");
    for (const auto& entry : fs::directory_iterator(folder_ / "j")) {
      if (!entry.path().string().ends_with("-shm")) fs::copy(entry.path(), folder_ / "crash");
    }
    const auto journal = open_journal(folder_ / "crash" / "k.db");
    EXPECT_TRUE(journal->recovered());
    return picture_of(*journal, folder_ / "crash" / "k.db");
  }

  /// Runs `operation` with a fault at each step in turn, until it passes without meeting it.
  void at_each_step(const std::function<Result<void>(EmbeddedJournal&)>& operation, std::int64_t stride_from = 100) {
    auto reference = begin();
    const Picture before = picture_of(*reference, path_);
    ASSERT_TRUE(operation(*reference));
    const Picture after = picture_of(*reference, path_);
    ASSERT_NE(before, after);
    reference.reset();

    std::int64_t met = 0;
    for (std::int64_t step = 1;; step += step < stride_from ? 1 : 307) {
      SCOPED_TRACE(fmt::format("step {}", step));
      auto journal = begin();
      fault_vfs::arm(GetParam().fault, step);
      const auto done = operation(*journal);
      const bool struck = fault_vfs::struck();
      fault_vfs::disarm();
      if (!struck) {
        EXPECT_TRUE(done);
        break;
      }
      ++met;
      failed_checkpoints_ += journal->status().failed_checkpoints;
      ASSERT_EQ(done ? after : before, picture_of(*journal, path_)) << "an error leaves nothing, a success all";
      const Picture crashed = picture_after_crash();
      ASSERT_TRUE(crashed == after || (!done && crashed == before)) << ::testing::PrintToString(crashed);

      ASSERT_TRUE(done || operation(*journal)) << "it works again at once";
      must_append(*journal, {"later"});
      const std::int64_t last = journal->status().last_input.value();
      ASSERT_TRUE(journal->journal().commit(commit_up_to(last, 100)));
      const Picture later = picture_of(*journal, path_);
      EXPECT_EQ(last, later.committed);
      journal.reset();
      journal = open_journal(path_);
      ASSERT_EQ(later, picture_of(*journal, path_));
      if (HasFailure()) return;
    }
    EXPECT_GE(met, 3) << "the operation reaches the disk in several steps";
  }

  TempFolder folder_;
  const fs::path path_ = folder_ / "j" / "k.db";
  int log_pages_ = 1000;
  std::int64_t failed_checkpoints_ = 0;
};

TEST_P(Faults, AnAppend) {
  at_each_step([](EmbeddedJournal& journal) { return append(journal, {"a", std::string(20'000, 'b'), "c"}); });
}

TEST_P(Faults, ACommit) {
  at_each_step([](EmbeddedJournal& journal) { return journal.journal().commit(commit_up_to(2, 3000)); });
}

TEST_P(Faults, ACommitThatIsLargerThanTheCache) {
  at_each_step([](EmbeddedJournal& journal) { return journal.journal().commit(commit_up_to(2, 700'000)); }, 20);
}

TEST_P(Faults, ACommitWithItsCheckpoint) {
  log_pages_ = 24;  // the log is written into the database after this commit
  at_each_step([](EmbeddedJournal& journal) { return journal.journal().commit(commit_up_to(2, 12'000)); });
  EXPECT_GT(failed_checkpoints_, 5) << "a failed checkpoint fails no commit";
}

TEST_P(Faults, Opening) {
  auto journal = begin();
  const Picture before = picture_of(*journal, path_);
  journal.reset();
  for (std::int64_t step = 1;; ++step) {
    SCOPED_TRACE(fmt::format("step {}", step));
    fault_vfs::arm(GetParam().fault, step);
    bool good = false;
    {
      const auto opened = EmbeddedJournal::open(Options{.path = path_, .vfs = fault_vfs::kName});
      good = opened.has_value();
    }
    const bool struck = fault_vfs::struck();
    fault_vfs::disarm();
    journal = open();
    ASSERT_EQ(before, picture_of(*journal, path_));
    journal.reset();
    if (!struck) {
      EXPECT_TRUE(good);
      EXPECT_GT(step, 3);
      break;
    }
  }
}

TEST_P(Faults, Creating) {
  for (std::int64_t step = 1;; ++step) {
    SCOPED_TRACE(fmt::format("step {}", step));
    fs::remove_all(folder_ / "j");
    fault_vfs::arm(GetParam().fault, step);
    EXPECT_NO_THROW(static_cast<void>(EmbeddedJournal::open(Options{.path = path_, .vfs = fault_vfs::kName})));
    const bool struck = fault_vfs::struck();
    fault_vfs::disarm();
    const auto journal = open();
    must_append(*journal, {"a"});
    EXPECT_EQ(1U, picture_of(*journal, path_).inputs.size());
    if (!struck) {
      EXPECT_GT(step, 5);
      break;
    }
  }
}

TEST_P(Faults, Stopping) {
  for (std::int64_t step = 1;; ++step) {
    SCOPED_TRACE(fmt::format("step {}", step));
    auto journal = begin();
    const Picture before = picture_of(*journal, path_);
    fault_vfs::arm(GetParam().fault, step);
    static_cast<void>(journal->stop(std::chrono::seconds(1)));
    journal.reset();
    const bool struck = fault_vfs::struck();
    fault_vfs::disarm();
    journal = open();
    ASSERT_EQ(before, picture_of(*journal, path_));
    if (!struck) {
      EXPECT_GT(step, 3);
      break;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Each, Faults,
                         ::testing::Values(Case{"IoError", Fault::io_error}, Case{"Full", Fault::full},
                                           Case{"Torn", Fault::torn}),
                         [](const auto& info) { return info.param.name; });

class DiskFull : public Faults {};

TEST_P(DiskFull, LastsAndEnds) {
  for (std::int64_t step = 1; step < 12; ++step) {
    SCOPED_TRACE(fmt::format("step {}", step));
    auto journal = begin();
    const Picture before = picture_of(*journal, path_);
    fault_vfs::arm(GetParam().fault, step, true);
    // What fits before the disk is full may succeed; from the first failure on nothing does.
    std::vector<std::string> stored;
    bool full = false;
    for (int i = 0; i < 12; ++i) {
      const std::string value = fmt::format("value {}", i);
      const auto done = append(*journal, {value});
      if (done) {
        EXPECT_FALSE(full);
        stored.push_back(value);
        continue;
      }
      full = true;
      EXPECT_NE(std::string::npos, done.error().message.find("nothing was stored in part")) << done.error().message;
    }
    EXPECT_TRUE(full);
    EXPECT_FALSE(journal->journal().commit(commit_up_to(2, 100)));
    EXPECT_EQ(before.inputs.size() + stored.size(), picture_of(*journal, path_).inputs.size()) << "reading goes on";

    fault_vfs::disarm();
    must_append(*journal, {"space again"});
    ASSERT_TRUE(journal->journal().commit(commit_up_to(2, 100)));
    stored.push_back("space again");
    journal.reset();
    journal = open();
    const auto left = journal->journal().poll(Offset(2), 100, Duration(0));
    ASSERT_TRUE(left);
    ASSERT_EQ(stored.size(), left->size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
      EXPECT_EQ(stored[i], (*left)[i].value.view());
      EXPECT_EQ(static_cast<std::int64_t>(i) + 3, (*left)[i].offset.value());
    }
  }
}

TEST_P(DiskFull, TheMessageSaysWhatToDo) {
  auto journal = begin();
  fault_vfs::arm(Fault::full, 1, true);
  const auto done = append(*journal, {"a"});
  fault_vfs::disarm();
  ASSERT_FALSE(done);
  EXPECT_EQ(Error::Kind::failed, done.error().kind);
  EXPECT_EQ(path_.string() +
                ": committing: no space is left on the disk (database or disk is full, SQLite code 13); free some "
                "space or enlarge the volume; nothing was stored in part, and the journal goes on by itself",
            done.error().message);
}

TEST_P(DiskFull, EveryRequestOfTheGroupGetsTheError) {
  auto journal = begin();
  fault_vfs::arm(GetParam().fault, 1, true);
  int failed = 0;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(journal->inbox().append({"x"}, [&](const Result<void>& done) { failed += done ? 0 : 1; }));
  }
  EXPECT_FALSE(journal->stop(std::chrono::seconds(10))) << "the mark of a clean stop cannot be written either";
  EXPECT_EQ(50, failed);
  fault_vfs::disarm();
  journal.reset();
  journal = open();
  EXPECT_TRUE(journal->recovered());
  EXPECT_EQ(Offset(2), journal->status().last_input);
}

INSTANTIATE_TEST_SUITE_P(Each, DiskFull, ::testing::Values(Case{"IoError", Fault::io_error}, Case{"Full", Fault::full}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace kentongan::sqlite::testing
