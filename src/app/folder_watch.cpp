// SPDX-License-Identifier: Apache-2.0
#include "app/folder_watch.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <vector>

#include "rules/loader.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kChanges = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                   IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

/// Only of files that may be read is it worth waiting until they are closed: a log beside them stays open for ever.
bool may_be_read(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".csv");
}

std::vector<fs::path> files_of(const RuleSource& source) {
  std::vector<fs::path> files = reference_files(source);
  if (const auto found = rules::find_rule_files(source.rules)) files.insert(files.end(), found->begin(), found->end());
  return files;
}

void describe(const fs::path& path, std::string& text) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    text += fmt::format("{} {}\n", path.string(), std::strerror(errno));
    return;
  }
  text += fmt::format("{} {} {} {} {} {}.{} {}.{}\n", path.string(), status.st_dev, status.st_ino, status.st_mode,
                      status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
                      status.st_ctim.tv_nsec);
}

}  // namespace

void Debounce::changed(Clock::time_point now) {
  if (!first_) first_ = now;
  last_ = now;
}

std::optional<Debounce::Clock::time_point> Debounce::due() const {
  if (!first_) return std::nullopt;
  return writing_ ? *first_ + 5 * longest_ : std::min(last_ + quiet_, *first_ + longest_);
}

std::string stamp_of(const RuleSource& source) {
  std::vector<fs::path> files = files_of(source);
  std::sort(files.begin(), files.end());
  std::string text;
  // The roots themselves too: one that is gone differs from one that is empty. Their own times say nothing: a file
  // that nobody reads changes them.
  std::error_code ignored;
  for (const fs::path& root : source.rules) text += fs::exists(root, ignored) ? "there\n" : "gone\n";
  for (const fs::path& file : files) describe(file, text);
  return text;
}

std::set<fs::path> folders_of(const RuleSource& source, std::size_t most) {
  std::set<fs::path> folders;
  std::error_code ignored;
  const auto add = [&](const fs::path& folder) {
    std::error_code none;
    if (folders.size() < most && fs::is_directory(folder, none)) folders.insert(folder);
  };
  std::vector<fs::path> roots = source.rules;
  roots.push_back(reference_folder(source));
  for (const fs::path& root : roots) {
    const fs::path absolute = fs::absolute(root, ignored).lexically_normal();
    add(absolute);
    add(absolute.has_filename() ? absolute.parent_path() : absolute.parent_path().parent_path());
    add(fs::canonical(root, ignored).parent_path());
  }
  for (const fs::path& root : source.rules) {
    fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied, ignored);
    for (const fs::recursive_directory_iterator end; !ignored && entry != end; entry.increment(ignored)) {
      std::error_code none;
      if (entry->is_directory(none) && !entry->is_symlink(none)) add(fs::absolute(entry->path(), none));
    }
  }
  for (const fs::path& file : files_of(source)) {
    if (const fs::path real = fs::canonical(file, ignored); !ignored) add(real.parent_path());
  }
  return folders;
}

FolderWatch::FolderWatch() : inotify_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), wake_(eventfd(0, EFD_CLOEXEC)) {}

FolderWatch::~FolderWatch() {
  if (inotify_ >= 0) ::close(inotify_);
  if (wake_ >= 0) ::close(wake_);
}

void FolderWatch::watch(const std::set<fs::path>& folders) {
  if (inotify_ < 0) return;
  std::map<fs::path, int> watched;
  std::set<int> kept;
  for (const fs::path& folder : folders) {
    // A folder that is watched already keeps its number, also under another name.
    const int number = inotify_add_watch(inotify_, folder.c_str(), kChanges | IN_ONLYDIR);
    if (number < 0) continue;
    watched.emplace(folder, number);
    kept.insert(number);
  }
  for (const auto& [folder, number] : watched_) {
    if (!kept.contains(number)) (void)inotify_rm_watch(inotify_, number);
  }
  watched_ = std::move(watched);
  std::erase_if(open_, [&](const auto& file) { return !kept.contains(file.first); });
}

bool FolderWatch::wait(std::chrono::milliseconds longest) {
  std::array<pollfd, 2> files{{{wake_, POLLIN, 0}, {inotify_, POLLIN, 0}}};
  const auto count = static_cast<nfds_t>(inotify_ >= 0 ? 2 : 1);
  const int limit = static_cast<int>(std::clamp<std::int64_t>(longest.count(), 0, 3'600'000));
  if (::poll(files.data(), count, limit) <= 0) return false;
  if ((files[0].revents & POLLIN) != 0) {
    std::uint64_t calls = 0;
    (void)!::read(wake_, &calls, sizeof calls);
  }
  return inotify_ >= 0 && (files[1].revents & POLLIN) != 0 && take_events();
}

bool FolderWatch::take_events() {
  alignas(inotify_event) std::array<char, 16 * 1024> buffer;
  bool any = false;
  for (;;) {
    const ssize_t size = ::read(inotify_, buffer.data(), buffer.size());
    if (size <= 0) return any;
    for (const char* at = buffer.data(); at < buffer.data() + size;) {
      const auto& event = *reinterpret_cast<const inotify_event*>(at);
      at += sizeof(inotify_event) + event.len;
      any = any || (event.mask & IN_IGNORED) == 0;
      if ((event.mask & IN_Q_OVERFLOW) != 0) open_.clear();
      if (event.len == 0) continue;
      const std::string name(event.name);
      if ((event.mask & IN_MODIFY) != 0 && may_be_read(name)) open_.emplace(event.wd, name);
      if ((event.mask & (IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM)) != 0) open_.erase({event.wd, name});
    }
    if (open_.size() > 10'000) open_.clear();
  }
}

void FolderWatch::wake() noexcept {
  const std::uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof one);
}

}  // namespace kentongan::app
