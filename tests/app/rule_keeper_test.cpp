// SPDX-License-Identifier: Apache-2.0
// Changed rule files: when they are looked at, when a set is swapped, and when the old one stays.
#include "app/rule_keeper.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "app/rule_changes.hpp"
#include "process.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::write_file;

std::string file_of(const std::string& rules) { return "version: 1\nrules:\n" + rules; }
std::string check_rule(const std::string& id, const std::string& more = "") {
  return fmt::format("  - {{id: {}, owner: {}-owner, check: {{}}, alert: {{level: siaga, message: {{id: m}}{}}}}}\n",
                     id, id, more);
}

/// Waits for something that another thread does.
template <class Condition>
bool soon(Condition condition) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

/// Rules in a folder, a keeper that looks after them, and how often it had them swapped.
class Kept {
 public:
  Kept() {
    write_file(folder / "rules/a.yaml", file_of(check_rule("a")));
    write_file(folder / "rules/b.yaml", file_of(check_rule("b")));
    source = {{folder / "rules"}, std::string(KENTONGAN_SOURCE_DIR) + "/rules/reference"};
  }
  void start(std::chrono::milliseconds quiet = 20ms, std::chrono::milliseconds longest = 100ms) {
    RulesInUse first;
    first.loaded = *load_rules(source);
    first.version = version_of(first.loaded, source);
    book = std::make_unique<RuleBook>(std::move(first));
    KeeperPlan plan;
    plan.source = source;
    plan.quiet = quiet;
    plan.longest = longest;
    plan.now = [] { return TimePoint{}; };
    plan.swap = [this](const std::function<void(bool)>& done) {
      ++swaps;
      done(true);
    };
    keeper = std::make_unique<RuleKeeper>(*book, std::move(plan));
  }
  void write(const std::string& name, const std::string& text) const { write_file(folder / ("rules/" + name), text); }
  [[nodiscard]] bool has_rule(const std::string& id) const {
    const auto& rules = book->at_door()->loaded.rules.set->rules;
    return std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.id.value() == id; });
  }

  testing::TemporaryFolder folder;
  RuleSource source;
  std::unique_ptr<RuleBook> book;
  std::atomic<int> swaps{0};
  std::unique_ptr<RuleKeeper> keeper;
};

TEST(Debounce, WaitsForQuietButNotForEver) {
  const Debounce::Clock::time_point zero;
  Debounce debounce(300ms, 2000ms);
  EXPECT_FALSE(debounce.due());
  debounce.changed(zero);
  EXPECT_EQ(debounce.due(), zero + 300ms);
  debounce.changed(zero + 200ms);
  EXPECT_EQ(debounce.due(), zero + 500ms);
  debounce.changed(zero + 1900ms);
  EXPECT_EQ(debounce.due(), zero + 2000ms);
  debounce.clear();
  EXPECT_FALSE(debounce.due());
  debounce.changed(zero);
  debounce.set_writing(true);
  EXPECT_EQ(debounce.due(), zero + 10'000ms);
  debounce.set_writing(false);
  EXPECT_EQ(debounce.due(), zero + 300ms);
}

TEST(Stamp, DiffersWithEveryChangeThatCounts) {
  Kept kept;
  std::set<std::string> stamps;
  const auto differs = [&] { return stamps.insert(stamp_of(kept.source)).second; };
  EXPECT_TRUE(differs());
  EXPECT_FALSE(differs());
  kept.write("readme.txt", "is read by nobody");
  EXPECT_FALSE(differs());
  kept.write("c.yaml", file_of(check_rule("c")));
  EXPECT_TRUE(differs());
  fs::rename(kept.folder / "rules/c.yaml", kept.folder / "rules/d.yaml");
  EXPECT_TRUE(differs());
  fs::permissions(kept.folder / "rules/d.yaml", fs::perms::none);
  EXPECT_TRUE(differs());
  fs::remove(kept.folder / "rules/d.yaml");
  kept.write("sub/d.yml", "");
  EXPECT_TRUE(differs());
  fs::remove_all(kept.folder / "rules");
  EXPECT_TRUE(differs());
}

TEST(Version, IsThatOfTheContentsWhereverTheyLie) {
  Kept here;
  Kept there;
  const auto version = [](const Kept& kept) { return version_of(*load_rules(kept.source), kept.source); };
  EXPECT_EQ(version(here), version(there));
  there.write("b.yaml", file_of(check_rule("b")) + "# a comment\n");
  EXPECT_NE(version(here), version(there));
}

TEST(FolderWatch, SeesASwapBehindASymbolicLink) {
  const testing::TemporaryFolder folder;
  // As Kubernetes mounts a ConfigMap.
  write_file(folder / "rules/..1/a.yaml", file_of(check_rule("a")));
  write_file(folder / "rules/..2/a.yaml", file_of(check_rule("b")));
  fs::create_directory_symlink("..1", folder / "rules/..data");
  fs::create_symlink("..data/a.yaml", folder / "rules/a.yaml");
  const RuleSource source{{folder / "rules"}, std::string(KENTONGAN_SOURCE_DIR) + "/rules/reference"};
  FolderWatch watch;
  ASSERT_TRUE(watch.works());
  watch.watch(folders_of(source));
  EXPECT_FALSE(watch.wait(0ms));
  const std::string before = stamp_of(source);
  fs::create_directory_symlink("..2", folder / "rules/..data_tmp");
  fs::rename(folder / "rules/..data_tmp", folder / "rules/..data");
  EXPECT_TRUE(watch.wait(10s));
  EXPECT_NE(stamp_of(source), before);
  // The folder itself may be such a link, and what a link leads to may be written in place.
  watch.watch(folders_of(source));
  while (watch.wait(0ms)) continue;
  write_file(folder / "rules/..2/a.yaml", file_of(check_rule("c")));
  EXPECT_TRUE(watch.wait(10s));
}

TEST(FolderWatch, KnowsWhenAFileIsStillBeingWritten) {
  Kept kept;
  FolderWatch watch;
  watch.watch(folders_of(kept.source));
  const int file = ::open((kept.folder / "rules/a.yaml").c_str(), O_WRONLY | O_TRUNC);
  ASSERT_GE(file, 0);
  ASSERT_EQ(::write(file, "version: 1\n", 11), 11);
  ASSERT_TRUE(soon([&] { return watch.wait(10ms) && watch.writing(); }));
  ::close(file);
  ASSERT_TRUE(soon([&] {
    (void)watch.wait(10ms);
    return !watch.writing();
  }));
}

TEST(FolderWatch, IsWokenFromElsewhere) {
  FolderWatch watch;
  auto waiting = std::async(std::launch::async, [&] { return watch.wait(1h); });
  watch.wake();
  EXPECT_FALSE(waiting.get());
}

TEST(RuleKeeper, SwapsAChangedSet) {
  Kept kept;
  kept.start();
  const std::string version = kept.book->current()->version;
  kept.write("b.yaml", file_of(check_rule("c")));
  ASSERT_TRUE(soon([&] { return kept.has_rule("c"); }));
  EXPECT_FALSE(kept.has_rule("b"));
  EXPECT_NE(kept.book->current()->version, version);
  EXPECT_EQ(kept.swaps, 1);
  EXPECT_TRUE(kept.book->last().good);
  EXPECT_THAT(kept.book->current()->changed, ElementsAre("b", "c"));
}

TEST(RuleKeeper, SwapsWhatIsBehindASymbolicLink) {
  Kept kept;
  write_file(kept.folder / "releases/1/a.yaml", file_of(check_rule("one")));
  write_file(kept.folder / "releases/2/a.yaml", file_of(check_rule("two")));
  fs::create_directory_symlink("releases/1", kept.folder / "live");
  kept.source.rules = {kept.folder / "live"};
  kept.start();
  fs::create_directory_symlink("releases/2", kept.folder / "next");
  fs::rename(kept.folder / "next", kept.folder / "live");
  EXPECT_TRUE(soon([&] { return kept.has_rule("two"); }));
}

TEST(RuleKeeper, KeepsTheOldSetWhenTheNewOneIsWrong) {
  Kept kept;
  kept.start();
  const auto before = kept.book->current();
  kept.write("b.yaml", file_of("  - {id: b, owner: b-owner, chek: {}}\n"));
  ASSERT_TRUE(soon([&] { return !kept.book->last().good; }));
  EXPECT_EQ(kept.book->current(), before);
  EXPECT_EQ(kept.swaps, 0);
  const ReloadOutcome outcome = kept.book->last();
  EXPECT_EQ(outcome.errors, 1U);
  EXPECT_EQ(outcome.diagnostics.all.at(0).code, "unknown-key");
  EXPECT_THAT(outcome.owners, ElementsAre("b-owner"));
  // Half a file: its rules cannot be read, their owner is known from those in use.
  kept.write("b.yaml", "version: 1\nrules:\n  - {id: b, ow");
  ASSERT_TRUE(soon([&] { return kept.book->last().diagnostics.all.at(0).code != "unknown-key"; }));
  EXPECT_THAT(kept.book->last().owners, ElementsAre("b-owner"));
  // Back to what it was: good again, and nothing to swap.
  kept.write("b.yaml", file_of(check_rule("b")));
  ASSERT_TRUE(soon([&] { return kept.book->last().good; }));
  EXPECT_EQ(kept.swaps, 0);
}

rules::Diagnostic first_error(const ReloadOutcome& outcome) {
  for (const rules::Diagnostic& one : outcome.diagnostics.all) {
    if (one.severity == rules::Severity::error) return one;
  }
  return {};
}

TEST(RuleKeeper, TellsWhatIsNoFile) {
  Kept kept;
  kept.start();
  fs::create_directory(kept.folder / "rules/c.yaml");
  ASSERT_TRUE(soon([&] { return !kept.book->last().good; }));
  EXPECT_THAT(first_error(kept.book->last()).message.en, HasSubstr("a folder, not a file"));
  fs::remove(kept.folder / "rules/c.yaml");
  ASSERT_TRUE(soon([&] { return kept.book->last().good; }));
  fs::create_symlink("nowhere", kept.folder / "rules/d.yaml");
  ASSERT_TRUE(soon([&] { return !kept.book->last().good; }));
  EXPECT_EQ(first_error(kept.book->last()).code, "unreadable-file");
  EXPECT_EQ(kept.swaps, 0);
}

TEST(RuleKeeper, WillNotLoseAllRules) {
  Kept kept;
  kept.start();
  fs::rename(kept.folder / "rules", kept.folder / "away");
  ASSERT_TRUE(soon([&] { return !kept.book->last().good; }));
  EXPECT_THAT(kept.book->last().message, HasSubstr("there is no"));
  fs::create_directory(kept.folder / "rules");
  ASSERT_TRUE(soon([&] { return kept.book->last().message.find("no rules in") != std::string::npos; }));
  EXPECT_TRUE(kept.has_rule("a"));
  fs::remove(kept.folder / "rules");
  fs::rename(kept.folder / "away", kept.folder / "rules");
  ASSERT_TRUE(soon([&] { return kept.book->last().good; }));
  EXPECT_EQ(kept.swaps, 0);
}

TEST(RuleKeeper, AStormOfChangesIsFewReloads) {
  Kept kept;
  kept.start(50ms, 400ms);
  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < 200; ++i) {
    kept.write("b.yaml", file_of(check_rule(fmt::format("b{}", i))));
    std::this_thread::sleep_for(2ms);
  }
  const auto took = std::chrono::steady_clock::now() - started;
  ASSERT_TRUE(soon([&] { return kept.has_rule("b199"); }));
  EXPECT_LE(kept.keeper->looks(), static_cast<std::uint64_t>(took / 50ms + 2));
  EXPECT_LT(kept.swaps, 100);
}

TEST(RuleKeeper, LooksWhenAsked) {
  Kept kept;
  kept.start(1h, 2h);
  kept.write("b.yaml", file_of(check_rule("c")));
  kept.keeper->ask();
  EXPECT_TRUE(soon([&] { return kept.has_rule("c"); }));
}

ports::RulesCheck checked(RuleKeeper& keeper, const std::string& name, const std::string& text) {
  std::promise<ports::RulesCheck> answer;
  keeper.check(name, text, [&](ports::RulesCheck check) { answer.set_value(std::move(check)); });
  return answer.get_future().get();
}

TEST(RuleKeeper, ChecksAPostedFileAsPartOfTheSet) {
  Kept kept;
  kept.start();
  // Beside the others its rule is there twice, in the place of one of them it is not.
  const auto beside = checked(*kept.keeper, "c.yaml", file_of(check_rule("b")));
  EXPECT_EQ(beside.status, ports::RulesCheck::Status::answered);
  EXPECT_THAT(beside.findings, HasSubstr("duplicate-rule"));
  EXPECT_THAT(beside.findings, HasSubstr(R"({"files":3,"rules":3,)"));
  const auto instead = checked(*kept.keeper, "b.yaml", file_of(check_rule("b")));
  EXPECT_THAT(instead.findings, HasSubstr(R"({"files":2,"rules":2,"errors":[])"));
  EXPECT_THAT(checked(*kept.keeper, "c.yaml", "\xff").findings, HasSubstr("not-utf8"));
  EXPECT_FALSE(fs::exists(kept.folder / "rules/c.yaml"));
  EXPECT_FALSE(kept.has_rule("c"));
  EXPECT_EQ(kept.swaps, 0);
}

TEST(RuleKeeper, RefusesChecksWhenItIsBusyOrStops) {
  Kept kept;
  kept.start();
  std::atomic<int> answered{0}, busy{0}, unavailable{0};
  const auto count = [&](const ports::RulesCheck& check) {
    using Status = ports::RulesCheck::Status;
    ++(check.status == Status::answered ? answered : check.status == Status::busy ? busy : unavailable);
  };
  for (int i = 0; i < 500; ++i) kept.keeper->check("b.yaml", file_of(check_rule("b")), count);
  EXPECT_GT(busy, 0);
  kept.keeper->stop();
  kept.keeper->check("b.yaml", "", count);
  kept.keeper.reset();
  EXPECT_EQ(answered + busy + unavailable, 501);
  EXPECT_GT(unavailable, 0);
}

TEST(RuleChanges, NamesFilesAndRules) {
  Kept kept;
  const auto in_use = [&] {
    RulesInUse rules;
    rules.loaded = *load_rules(kept.source);
    return rules;
  };
  kept.write("b.yaml", file_of(check_rule("b") + check_rule("c") + check_rule("d")));
  const RulesInUse before = in_use();
  kept.write("b.yaml", file_of(check_rule("b") + check_rule("c", ", quiet_for: 3h") + check_rule("e")));
  EXPECT_THAT(rule_changes(before, in_use()),
              ElementsAre("msg=\"rule file changed\" file=\"" + (kept.folder / "rules/b.yaml") + "\"",
                          "msg=\"rule changed\" rule=c", "msg=\"rule removed\" rule=d", "msg=\"rule added\" rule=e"));
  EXPECT_THAT(rule_changes(before, before), IsEmpty());
}

}  // namespace
}  // namespace kentongan::app
