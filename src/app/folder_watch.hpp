// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "app/rule_source.hpp"

namespace kentongan::app {

/// When to look at changes that come one after another: once none has come for `quiet`, and at the latest `longest`
/// behind the first; five times that while a file is open for writing, of which a part might pass for the whole. Plain
/// arithmetic.
class Debounce {
 public:
  using Clock = std::chrono::steady_clock;
  Debounce(std::chrono::milliseconds quiet, std::chrono::milliseconds longest) : quiet_(quiet), longest_(longest) {}

  void changed(Clock::time_point now);
  void set_writing(bool writing) { writing_ = writing; }
  void clear() { first_.reset(); }
  /// When to look; none: nothing has changed.
  [[nodiscard]] std::optional<Clock::time_point> due() const;

 private:
  std::chrono::milliseconds quiet_, longest_;
  std::optional<Clock::time_point> first_;
  Clock::time_point last_;
  bool writing_ = false;
};

/// A text that differs when any file of the rules or the reference data was added, removed, replaced or changed, also
/// behind symbolic links. Made of names, inodes, sizes and times; no file is opened.
[[nodiscard]] std::string stamp_of(const RuleSource& source);

/// The folders in which a change of these files shows: those that hold them, also behind symbolic links (Kubernetes
/// swaps one), and those that hold the roots themselves. At most `most`.
[[nodiscard]] std::set<std::filesystem::path> folders_of(const RuleSource& source, std::size_t most = 1000);

/// Tells that something in some folders has changed, by inotify. What it misses (network file systems, too many
/// folders) is found by stamp_of(), so that telling too little only costs time. Used by one thread, but wake().
class FolderWatch {
 public:
  FolderWatch();
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// From now on these folders, in place of those before. What is no folder is left out.
  void watch(const std::set<std::filesystem::path>& folders);
  /// True: something changed. False: the time is over, or wake() was called.
  [[nodiscard]] bool wait(std::chrono::milliseconds longest);
  /// From any thread, also before wait().
  void wake() noexcept;
  /// A file that was written to has not been closed yet, as far as was seen.
  [[nodiscard]] bool writing() const noexcept { return !open_.empty(); }
  /// Without it changes are found by looking now and then only.
  [[nodiscard]] bool works() const noexcept { return inotify_ >= 0; }

 private:
  bool take_events();

  int inotify_ = -1;
  int wake_ = -1;
  std::map<std::filesystem::path, int> watched_;
  std::set<std::pair<int, std::string>> open_;  ///< watch and name
};

}  // namespace kentongan::app
