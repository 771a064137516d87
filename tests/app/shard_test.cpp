// SPDX-License-Identifier: Apache-2.0
// A shard whose journal fails at random goes on as if nothing had happened: what it commits in the end is what
// an undisturbed one commits.
#include "app/shard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "app/rule_source.hpp"
#include "process.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

const LoadedRules& bundled() {
  static const LoadedRules loaded = *load_rules({{std::string(KENTONGAN_SOURCE_DIR) + "/rules"}, {}});
  return loaded;
}

/// A journal in memory. With `trouble` n, about every n-th call of each kind fails; a commit that fails may have
/// been kept all the same, as when a disk loses its answer.
class MemoryJournal : public ports::Journal {
 public:
  MemoryJournal(std::vector<std::string> inputs, unsigned trouble, unsigned seed)
      : inputs_(std::move(inputs)), trouble_(trouble), random_(seed) {}

  Result<Offset> restore(const std::function<void(ports::StateKey, std::string_view)>& visit) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    for (const auto& [key, value] : state_) visit(key, value);
    ++restored_;
    return committed_;
  }
  Result<std::vector<ports::InputRecord>> poll(Offset after, std::size_t max, Duration) override {
    const std::lock_guard lock(mutex_);
    if (fails()) return broken();
    std::vector<ports::InputRecord> records;
    const std::size_t most = std::min<std::size_t>(max, 1 + random_() % 40);
    auto next = static_cast<std::size_t>(after.value());
    for (; next < inputs_.size() && records.size() < most; ++next) {
      records.push_back({Offset{static_cast<std::int64_t>(next) + 1}, inputs_[next]});
    }
    return records;
  }
  Result<void> commit(const ports::Commit& commit) override {
    const std::lock_guard lock(mutex_);
    const bool failed = fails();
    if (failed && random_() % 2 == 0) return broken();
    EXPECT_GE(commit.next, committed_);
    committed_ = commit.next;
    for (const auto& output : commit.outputs) outputs_.push_back(output.value);
    for (const auto& change : commit.state) {
      if (change.value) {
        state_[change.key] = *change.value;
      } else {
        state_.erase(change.key);
      }
    }
    done_.notify_all();
    if (failed) return broken();
    return {};
  }

  /// Waits until all inputs are committed.
  bool finished() {
    std::unique_lock lock(mutex_);
    return done_.wait_for(lock, 120s, [&] { return static_cast<std::size_t>(committed_.value()) == inputs_.size(); });
  }
  std::vector<std::string> outputs_;
  std::map<ports::StateKey, std::string> state_;
  int restored_ = 0;

 private:
  bool fails() { return trouble_ != 0 && random_() % trouble_ == 0; }
  static tl::unexpected<Error> broken() { return fail(Error::Kind::failed, "the disk says no"); }

  std::vector<std::string> inputs_;
  unsigned trouble_;
  std::mt19937 random_;
  std::mutex mutex_;
  std::condition_variable done_;
  Offset committed_{0};
};

/// One that takes its shard's cities away and gives them back, and at which some inputs lie under a wrong city.
class MovingJournal : public MemoryJournal {
 public:
  MovingJournal(std::vector<std::string> inputs, unsigned seed)
      : MemoryJournal(std::move(inputs), 0, seed), dice_(seed) {}

  Result<Offset> restore(const std::function<void(ports::StateKey, std::string_view)>& visit) override {
    moved_ = false;
    return MemoryJournal::restore(visit);
  }
  Result<std::vector<ports::InputRecord>> poll(Offset after, std::size_t max, Duration wait) override {
    EXPECT_FALSE(moved_) << "what was polled before is to be forgotten first";
    if (dice_() % 5 == 0) moved_ = true;
    return MemoryJournal::poll(after, max, wait);
  }
  Result<void> commit(const ports::Commit& commit) override {
    for (const ports::Rekeyed& rekeyed : commit.rekeyed) {
      EXPECT_EQ(home_of(rekeyed.input, rekeyed.city), ports::Home::elsewhere);
      rekeyed_.push_back(rekeyed.value);
    }
    for (const ports::OutputRecord& output : commit.outputs) {
      EXPECT_EQ(output.input.value() != 0, output.topic == ports::OutputTopic::deadletters);
    }
    return MemoryJournal::commit(commit);
  }
  [[nodiscard]] bool moved() const override { return moved_; }
  [[nodiscard]] ports::Home home_of(Offset input, std::string_view) const override {
    return input.value() % 10 == 3 ? ports::Home::elsewhere : ports::Home::here;
  }
  std::vector<std::string> rekeyed_;

 private:
  std::mt19937 dice_;
  bool moved_ = false;
};

struct Counts : ShardObserver {
  void committed(const Tally& tally, const std::vector<Output>&, std::size_t records,
                 std::chrono::nanoseconds) override {
    read += tally.read();
    applied += tally.of(Verdict::applied);
    this->records += records;
  }
  void commit_failed(const Error&) override { ++failures; }
  void pulse(const engine::Engine&, const EngineCounts&) override {}
  void committed_since(TimePoint stored, std::size_t records) override {
    waited += records;
    oldest.insert(stored);
  }
  std::uint64_t read = 0, applied = 0, records = 0, waited = 0;
  std::set<TimePoint> oldest;  ///< of the batches
  int failures = 0;
};

std::vector<std::string> example_day() {
  std::istringstream file(testing::read_file(std::string(KENTONGAN_SOURCE_DIR) + "/deploy/example/malang-day.ndjson"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
    if (lines.size() % 7 == 0) lines.push_back(line);  // sent twice
    if (lines.size() % 31 == 0) lines.push_back("{broken");
  }
  return lines;
}

std::unique_ptr<Processor> processor() {
  return std::make_unique<Processor>(bundled().rules.set, bundled().reference, engine::Options{});
}

ShardOptions quick(std::size_t batch) {
  ShardOptions options;
  options.batch = batch;
  options.wait = 1ms;
  options.retry = 0ms;
  return options;
}

TEST(Shard, FailingCommitsChangeNothing) {
  const auto inputs = example_day();
  MemoryJournal steady(inputs, 0, 1);
  Counts steady_counts;
  {
    Shard shard(
        steady, processor, [] {}, quick(100), steady_counts);
    ASSERT_TRUE(shard.start());
    ASSERT_TRUE(steady.finished());
  }
  ASSERT_FALSE(steady.outputs_.empty());
  EXPECT_EQ(steady_counts.read, inputs.size());
  EXPECT_EQ(steady_counts.records, inputs.size());
  for (unsigned seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    MemoryJournal failing(inputs, 3, seed);
    Counts counts;
    Shard shard(
        failing, processor, [] {}, quick(1 + seed * 9), counts);
    while (!shard.start()) continue;
    ASSERT_TRUE(failing.finished());
    shard.stop();
    EXPECT_GT(counts.failures, 0);
    EXPECT_GT(failing.restored_, 1);
    EXPECT_EQ(failing.outputs_, steady.outputs_);
    // A commit that was kept although it failed is not told.
    EXPECT_LE(counts.read, inputs.size());
  }
}

/// What is put back elsewhere has no effect here, and neither has what was taken away before it was committed.
TEST(Shard, MovedCitiesAndWrongKeysChangeNothing) {
  const auto inputs = example_day();
  std::vector<std::string> at_home;
  std::vector<std::string> elsewhere;
  codec::Decoder decoder(bundled().reference);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool readable = decoder.decode(inputs[i]).has_value();
    (readable && (i + 1) % 10 == 3 ? elsewhere : at_home).push_back(inputs[i]);
  }
  MemoryJournal steady(at_home, 0, 1);
  Counts steady_counts;
  {
    Shard shard(
        steady, processor, [] {}, quick(100), steady_counts);
    ASSERT_TRUE(shard.start());
    ASSERT_TRUE(steady.finished());
  }
  for (unsigned seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    MovingJournal moving(inputs, seed);
    Counts counts;
    ShardOptions options = quick(1 + seed * 9);
    options.gather = std::chrono::milliseconds(seed % 3);
    options.patient = true;
    Shard shard(
        moving, processor, [] {}, options, counts);
    ASSERT_TRUE(shard.start());
    ASSERT_TRUE(moving.finished());
    shard.stop();
    EXPECT_GT(moving.restored_, 1);
    EXPECT_EQ(moving.outputs_, steady.outputs_);
    EXPECT_EQ(moving.rekeyed_, elsewhere);
    EXPECT_EQ(counts.read, inputs.size());
    EXPECT_EQ(counts.applied, steady_counts.applied);
    EXPECT_EQ(counts.failures, 0);
  }
}

/// With the same rules, at whatever moment, also while commits fail and cities move.
TEST(Shard, RenewingChangesNothing) {
  const auto inputs = example_day();
  MemoryJournal steady(inputs, 0, 1);
  Counts steady_counts;
  {
    Shard shard(
        steady, processor, [] {}, quick(100), steady_counts);
    ASSERT_TRUE(shard.start());
    ASSERT_TRUE(steady.finished());
  }
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    MemoryJournal journal(inputs, seed % 2 == 0 ? 5 : 0, seed);
    Counts counts;
    ShardOptions options = quick(1 + seed * 9);
    options.gather = std::chrono::milliseconds(seed % 3);
    std::atomic<int> asked{0}, renewed{0}, refused{0};
    {
      Shard shard(
          journal, processor, [] {}, options, counts);
      while (!shard.start()) continue;
      std::thread other([&] {
        for (; asked < 50; ++asked) {
          shard.renew([&](bool done) { ++(done ? renewed : refused); });
          std::this_thread::sleep_for(1ms);
        }
      });
      EXPECT_TRUE(journal.finished());
      other.join();
    }
    EXPECT_EQ(renewed + refused, 50);
    EXPECT_GT(renewed, 0);
    EXPECT_GT(journal.restored_, 1);
    EXPECT_EQ(journal.outputs_, steady.outputs_);
    EXPECT_LE(counts.read, inputs.size());
  }
}

TEST(Shard, RenewedWithOtherRulesItCountsOnUnderTheirIds) {
  const auto reference = bundled().reference;
  const auto rules = [&](const std::string& ids) {
    std::string text = "version: 1\nrules:\n";
    for (const char id : ids) {
      text += std::string("  - {id: ") + id + ", check: {}, alert: {level: siaga, message: {id: m}}}\n";
    }
    return rules::load({{"a.yaml", text}}, *reference).set;
  };
  struct Pulses : Counts {
    void pulse(const engine::Engine& engine, const EngineCounts& counts) override {
      const std::lock_guard lock(mutex);
      seen.clear();
      for (std::size_t i = 0; i < counts.rules.size(); ++i) {
        seen[engine.context().rules().rules[i].id.value()] = counts.rules[i].matched;
      }
    }
    [[nodiscard]] std::map<std::string, std::uint64_t> latest() {
      const std::lock_guard lock(mutex);
      return seen;
    }
    std::mutex mutex;
    std::map<std::string, std::uint64_t> seen;
  };
  MemoryJournal journal(example_day(), 0, 1);
  Pulses pulses;
  auto set = rules("bd");
  ASSERT_TRUE(set);
  std::mutex mutex;
  Shard shard(
      journal,
      [&] {
        const std::lock_guard lock(mutex);
        return std::make_unique<Processor>(set, reference, engine::Options{});
      },
      [] {}, quick(100), pulses);
  ASSERT_TRUE(shard.start());
  ASSERT_TRUE(journal.finished());
  {
    const std::lock_guard lock(mutex);
    set = rules("acd");
  }
  std::promise<bool> renewed;
  shard.renew([&](bool done) { renewed.set_value(done); });
  EXPECT_TRUE(renewed.get_future().get());
  for (int i = 0; i < 1000 && pulses.latest().size() != 3; ++i) std::this_thread::sleep_for(10ms);
  const auto latest = pulses.latest();
  ASSERT_EQ(latest.size(), 3U);
  EXPECT_EQ(latest.at("a"), 0U);
  EXPECT_EQ(latest.at("c"), 0U);
  EXPECT_GT(latest.at("d"), 0U);
}

/// Knows when its inputs were stored: the n-th at n seconds, the last of them first.
class DatedJournal : public MemoryJournal {
 public:
  DatedJournal(std::vector<std::string> inputs, unsigned trouble) : MemoryJournal(std::move(inputs), trouble, 3) {}
  Result<std::vector<ports::InputRecord>> poll(Offset after, std::size_t max, Duration wait) override {
    auto records = MemoryJournal::poll(after, max, wait);
    if (records) {
      for (auto& record : *records) record.received = TimePoint(std::chrono::seconds(1000 - record.offset.value()));
    }
    return records;
  }
};

TEST(Shard, TellsSinceWhenTheOldestOfABatchWasStored) {
  std::vector<std::string> inputs = example_day();
  inputs.resize(200);
  DatedJournal journal(inputs, 0);
  Counts counts;
  {
    Shard shard(
        journal, processor, [] {}, quick(50), counts);
    while (!shard.start()) continue;
    ASSERT_TRUE(journal.finished());
    shard.stop();
  }
  EXPECT_EQ(counts.waited, counts.records);
  EXPECT_EQ(*counts.oldest.begin(), TimePoint(std::chrono::seconds(800))) << "that of the last input";
}

TEST(Shard, SaysNothingOfThatWhereTheJournalDoesNotKnow) {
  MemoryJournal journal({example_day()[0]}, 0, 1);
  Counts counts;
  {
    Shard shard(
        journal, processor, [] {}, quick(50), counts);
    ASSERT_TRUE(shard.start());
    ASSERT_TRUE(journal.finished());
    shard.stop();
  }
  EXPECT_EQ(counts.records, 1U);
  EXPECT_TRUE(counts.oldest.empty());
}

TEST(Shard, StateOfANewerVersionIsRefusedAtTheStart) {
  MemoryJournal journal({}, 0, 1);
  journal.state_[{"35.73", "city", ""}] = std::string("\x08\x63", 2);  // schema 99
  Counts counts;
  Shard shard(
      journal, processor, [] {}, quick(10), counts);
  const auto started = shard.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, Error::Kind::failed);
  EXPECT_THAT(started.error().message, ::testing::HasSubstr("newer"));
}

TEST(Shard, AsksNothingOfAJournalThatMayBeGone) {
  MemoryJournal journal({}, 0, 1);
  Counts counts;
  int interrupts = 0;
  {
    Shard shard(
        journal, processor, [&] { ++interrupts; }, quick(10), counts);
    shard.stop();
    EXPECT_EQ(interrupts, 0) << "not started";
    ASSERT_TRUE(shard.start());
    shard.stop();
    EXPECT_EQ(interrupts, 1);
    shard.stop();
  }
  EXPECT_EQ(interrupts, 1) << "stopped before";
}

TEST(Shard, AnswersEveryQuestionOnce) {
  MemoryJournal journal(example_day(), 4, 5);
  Counts counts;
  std::atomic<int> answered{0}, refused{0};
  const auto question = [&](Processor* processor) { ++(processor == nullptr ? refused : answered); };
  {
    Shard shard(
        journal, processor, [] {}, quick(10), counts);
    while (!shard.start()) continue;
    for (int i = 0; i < 200; ++i) shard.ask(question);
    ASSERT_TRUE(journal.finished());
    shard.stop();
    shard.stop();
    shard.ask(question);
  }
  EXPECT_EQ(answered + refused, 201);
  EXPECT_GE(refused, 1);
}

}  // namespace
}  // namespace kentongan::app
