// SPDX-License-Identifier: Apache-2.0
//
// The process is killed: at random moments, and at each step to the disk. After reopening everything that was
// acknowledged is there, once, in order, and outputs, state and offset belong together. Then the same for a
// power cut, which also takes what was written but not synced.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "fault_vfs.hpp"
#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  std::vector<std::string> acknowledged;
  std::int64_t committed = 0;
  bool ended = false;  ///< by itself, not killed
  int status = 0;
};

Outcome parse(const std::string& said, int status) {
  Outcome outcome;
  outcome.status = status;
  std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("A ")) outcome.acknowledged.push_back(line.substr(2));
    if (line.starts_with("C "))
      outcome.committed = std::max<std::int64_t>(outcome.committed, std::stoll(line.substr(2)));
    if (line == "END") outcome.ended = true;
  }
  return outcome;
}

/// When a child is killed: once it has said so many lines, and a little later.
struct Moment {
  std::ptrdiff_t lines;
  std::chrono::microseconds later;
};

/// Runs the child to its end, or to the moment.
Outcome run_child(std::vector<std::string> arguments, std::optional<Moment> moment = {}) {
  arguments.insert(arguments.begin(), SQLITE_CRASH_CHILD);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child < 0) {  // kill(-1) would mean every process
    ADD_FAILURE() << "no child process";
    close(ends[0]);
    close(ends[1]);
    return {};
  }
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  close(ends[1]);
  std::string said;
  const auto kill_in_time = [&] {
    if (!moment || std::count(said.begin(), said.end(), '\n') < moment->lines) return;
    std::this_thread::sleep_for(moment->later);
    kill(child, SIGKILL);
    moment.reset();
  };
  kill_in_time();
  char buffer[4096];
  for (ssize_t size = 0; (size = read(ends[0], buffer, sizeof buffer)) > 0;) {
    said.append(buffer, static_cast<std::size_t>(size));
    kill_in_time();
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return parse(said, status);
}

/// What every reopened journal must satisfy, whatever happened to it.
class Invariants {
 public:
  void acknowledged(const Outcome& outcome) {
    for (const std::string& value : outcome.acknowledged) {
      EXPECT_TRUE(acknowledged_.insert(value).second) << value << " was acknowledged twice";
    }
    committed_ = std::max(committed_, outcome.committed);
  }

  void check(const fs::path& path) {
    const auto journal = open_journal(path);
    const Picture picture = picture_of(*journal, path);
    check_inputs(picture);
    check_effects(picture);
  }

 private:
  void check_inputs(const Picture& picture) {
    std::set<std::string> seen;
    std::map<std::string, int> last_number;
    std::int64_t offset = 0;
    for (const auto& [at, value] : picture.inputs) {
      ASSERT_EQ(++offset, at) << "no gaps";
      ASSERT_TRUE(seen.insert(value).second) << value << " is there twice";
      const std::size_t half = value.rfind('/');
      const std::size_t number = value.rfind('/', half - 1);
      int count = 0;
      std::from_chars(value.data() + number + 1, value.data() + half, count);
      int& last = last_number.try_emplace(value.substr(0, number) + value.substr(half), -1).first->second;
      ASSERT_LT(last, count) << value << " is out of order";
      last = count;
      if (value.ends_with("/y")) {
        ASSERT_EQ(value.substr(0, half) + "/x", picture.inputs[static_cast<std::size_t>(offset - 2)].second)
            << "an append stays together";
      }
    }
    for (const std::string& value : acknowledged_) ASSERT_TRUE(seen.contains(value)) << value << " is lost";
  }

  void check_effects(const Picture& picture) {
    ASSERT_GE(picture.committed, committed_) << "a commit is lost";
    std::vector<std::string> expected;
    for (const auto& [at, value] : picture.inputs) {
      if (at <= picture.committed) expected.push_back(value);
    }
    std::vector<std::string> found;
    std::string steps = picture.committed == 0 ? "" : std::to_string(picture.committed);
    for (const std::string& line : picture.outputs) {
      if (line.starts_with("1 ")) found.push_back(line.substr(2, line.rfind(' ') - 2));
    }
    ASSERT_EQ(expected, found) << "each applied input has its output once, in order";
    if (picture.committed == 0) {
      ASSERT_TRUE(picture.state.empty());
      ASSERT_TRUE(picture.alerts.empty());
      return;
    }
    ASSERT_EQ(1U, picture.state.size());
    ASSERT_EQ(std::to_string(picture.committed), picture.state.front().second);
    ASSERT_EQ(1U, picture.alerts.size());
    ASSERT_TRUE(picture.alerts.front().starts_with(std::to_string(picture.committed) + " ")) << picture.alerts.front();
    ASSERT_TRUE(picture.alerts.front().ends_with(" " + std::to_string(picture.committed))) << picture.alerts.front();
  }

  std::set<std::string> acknowledged_;
  std::int64_t committed_ = 0;
};

TEST(Crash, AtRandomMoments) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  RecordProperty("seed", std::to_string(seed));
  fmt::print("seed {}\n", seed);
  std::mt19937_64 random(seed);
  const TempFolder folder;
  Invariants invariants;
  std::size_t acknowledged = 0;
  for (int round = 0; round < 30; ++round) {
    // Every third one while it starts, recovers and begins; the others at work.
    const std::ptrdiff_t lines = round % 3 == 0 ? 0 : std::uniform_int_distribution<std::ptrdiff_t>(1, 400)(random);
    const std::chrono::microseconds later(std::uniform_int_distribution<int>(0, lines == 0 ? 30'000 : 3'000)(random));
    const Outcome outcome =
        run_child({(folder / "k.db").string(), fmt::format("r{}", round), "3", "100000"}, Moment{lines, later});
    ASSERT_TRUE(WIFSIGNALED(outcome.status)) << "exit code " << WEXITSTATUS(outcome.status);
    acknowledged += outcome.acknowledged.size();
    invariants.acknowledged(outcome);
    if (std::filesystem::exists(folder / "k.db")) invariants.check(folder / "k.db");
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(acknowledged, 20U) << "the children got somewhere";
}

class CrashAtEachStep : public ::testing::TestWithParam<const char*> {};

TEST_P(CrashAtEachStep, FromCreationToTheEnd) {
  for (int step = 1;; ++step) {
    SCOPED_TRACE(fmt::format("step {}", step));
    const TempFolder folder;
    Invariants invariants;
    const auto run = [&](const std::string& prefix, std::vector<std::string> fault) {
      std::vector<std::string> arguments{(folder / "k.db").string(), prefix, "2", "3"};
      arguments.insert(arguments.end(), fault.begin(), fault.end());
      const Outcome outcome = run_child(arguments);
      invariants.acknowledged(outcome);
      return outcome;
    };
    const Outcome first = run("first", {GetParam(), std::to_string(step)});
    if (fs::exists(folder / "k.db")) invariants.check(folder / "k.db");
    if (first.ended) {
      EXPECT_GT(step, 40) << "the child reaches the disk in many steps";
      return;
    }
    ASSERT_TRUE(WIFSIGNALED(first.status)) << "exit code " << WEXITSTATUS(first.status);
    // A second crash, in the recovery from the first or soon after it.
    run("second", {GetParam(), std::to_string(1 + step % 17)});
    invariants.check(folder / "k.db");
    if (step % 4 == 0) {
      EXPECT_TRUE(run("third", {}).ended);
      invariants.check(folder / "k.db");
    }
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, CrashAtEachStep, ::testing::Values("before", "torn", "after"),
                         [](const auto& info) { return std::string(info.param); });

/// A service in this process, over a disk that first fails once and later loses its power.
class PowerCut : public ::testing::Test {
 protected:
  PowerCut() { fault_vfs::install(); }
  ~PowerCut() override { fault_vfs::disarm(); }

  void run(std::int64_t failing_step, std::int64_t last_step, double chance, std::mt19937_64& random) {
    fs::remove_all(folder_ / "j");
    fs::remove_all(folder_ / "after");
    fault_vfs::disarm();
    fault_vfs::forget_disk();
    static_cast<void>(open_journal(folder_ / "j" / "k.db"));
    acknowledged_.clear();
    committed_ = 0;

    auto journal = open_journal(Options{.path = folder_ / "j" / "k.db", .log_pages = 10, .vfs = fault_vfs::kName});
    fault_vfs::arm(fault_vfs::Fault::io_error, failing_step);
    while (!fault_vfs::struck()) work(*journal);
    fault_vfs::arm(fault_vfs::Fault::power_off, last_step, true);
    while (!fault_vfs::struck()) work(*journal);
    fault_vfs::write_remains(folder_ / "after", random, chance);
    journal.reset();
    fault_vfs::disarm();
    check();
  }

  /// An append and, every other time, a commit of all that came; each may fail.
  void work(EmbeddedJournal& journal) {
    const auto number = static_cast<std::int64_t>(acknowledged_.size()) + 1;
    const std::string value = fmt::format("v{}", number);
    if (!append(journal, {value})) return;
    acknowledged_.push_back(value);
    if (number % 2 == 0) return;
    ports::Commit commit{.next = Offset(number), .outputs = {}, .state = {}};
    commit.state.push_back(put("35.73", "count", "applied", std::to_string(number)));
    for (std::int64_t at = committed_ + 1; at <= number; ++at) {
      commit.outputs.push_back(output(ports::OutputTopic::risk, fmt::format("v{}", at)));
    }
    if (journal.journal().commit(commit)) committed_ = number;
  }

  void check() {
    const fs::path path = folder_ / "after" / "k.db";
    const auto journal = open_journal(path);
    const Picture picture = picture_of(*journal, path);
    ASSERT_GE(picture.inputs.size(), acknowledged_.size());
    ASSERT_LE(picture.inputs.size(), acknowledged_.size() + 1) << "at most what was under way";
    for (std::size_t i = 0; i < acknowledged_.size(); ++i) {
      ASSERT_EQ(static_cast<std::int64_t>(i + 1), picture.inputs[i].first);
      ASSERT_EQ(acknowledged_[i], picture.inputs[i].second);
    }
    ASSERT_GE(picture.committed, committed_);
    ASSERT_EQ(static_cast<std::size_t>(picture.committed), picture.outputs.size());
    ASSERT_EQ(picture.committed == 0 ? "" : std::to_string(picture.committed),
              picture.state.empty() ? "" : picture.state.front().second);
  }

  TempFolder folder_;
  std::vector<std::string> acknowledged_;
  std::int64_t committed_ = 0;
};

TEST_F(PowerCut, LeavesWhatWasAcknowledged) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  fmt::print("seed {}\n", seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const std::int64_t failing_step = std::uniform_int_distribution<std::int64_t>(1, 30)(random);
    const std::int64_t last_step = std::uniform_int_distribution<std::int64_t>(1, 60)(random);
    const double chance = std::uniform_int_distribution<int>(0, 2)(random) / 2.0;
    SCOPED_TRACE(fmt::format("failing step {}, last step {}, chance {}", failing_step, last_step, chance));
    run(failing_step, last_step, chance, random);
  }
}

}  // namespace
}  // namespace kentongan::sqlite::testing
