// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/folder_watch.hpp"
#include "app/rule_book.hpp"
#include "ports/api.hpp"

namespace kentongan::app {

/// What a keeper needs from the rest of the service.
struct KeeperPlan {
  RuleSource source;
  /// Makes every shard restore with what the book has by now; then calls `done`, from any thread. False: a shard has
  /// ended.
  std::function<void(std::function<void(bool)> done)> swap;
  std::function<TimePoint()> now;
  /// After each look at changed files, from the keeper's thread.
  std::function<void(const ReloadOutcome&)> tell = [](const ReloadOutcome&) {};
  std::chrono::milliseconds quiet{300};      ///< see Debounce
  std::chrono::milliseconds longest{2000};   ///< see Debounce
  std::chrono::milliseconds rescan{10'000};  ///< how often files are looked at without any sign of a change
  std::size_t most_checks = 4;               ///< posted files that may wait
};

/// Keeps the rules of the running service up to date: notices changed files, checks the whole set, and has it swapped
/// in or leaves the old one. Also checks files that were posted. All of it in one thread of its own, so that
/// checking a large set takes no time from shards and readers. Public calls are thread-safe.
class RuleKeeper {
 public:
  /// Looks at the files at once: they may have changed since the book's set was read.
  RuleKeeper(RuleBook& book, KeeperPlan plan);
  ~RuleKeeper();
  RuleKeeper(const RuleKeeper&) = delete;
  RuleKeeper& operator=(const RuleKeeper&) = delete;

  /// Reads all files soon, whether or not they seem to have changed.
  void ask();
  /// Checks this text as the file `name` (relative to the first folder of rules) of the running set: in its place, or
  /// beside the others. `done` is called once, from any thread.
  void check(std::string name, std::string text, std::function<void(ports::RulesCheck)> done);
  /// Begins nothing more; checks that wait are refused. What is in hand goes on to its end, and the destructor waits
  /// for it.
  void stop();
  /// Looks at changed files so far, good or not.
  [[nodiscard]] std::uint64_t looks() const noexcept { return looks_; }

 private:
  struct Check {
    std::string name, text;
    std::function<void(ports::RulesCheck)> done;
  };
  void loop();
  [[nodiscard]] std::chrono::milliseconds patience() const;
  void answer_checks();
  void answer(const Check& check);
  void refuse_checks();
  void look(bool asked);
  [[nodiscard]] Result<RulesInUse> read();
  [[nodiscard]] bool would_lose_all(const RulesInUse& next) const;
  void take_over(RulesInUse next);
  void tell(ReloadOutcome outcome);

  RuleBook& book_;
  const KeeperPlan plan_;
  FolderWatch watch_;
  Debounce debounce_;
  std::string examined_;  ///< the stamp of the files that were read last
  std::chrono::steady_clock::time_point last_look_;
  std::atomic<std::uint64_t> looks_{0};
  std::atomic<bool> stopping_{false}, asked_{false};
  std::mutex mutex_;
  std::deque<Check> checks_;
  std::thread thread_;
};

}  // namespace kentongan::app
