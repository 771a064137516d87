// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/sqlite/condition.hpp"
#include "app/doctor/checks.hpp"

namespace kentongan::app::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kReadWholly = std::uintmax_t{256} << 20;
constexpr std::uintmax_t kMebibyte = std::uintmax_t{1} << 20;
/// A log that grows beyond this is not written into the database: a reader holds it up.
constexpr std::uintmax_t kLongLog = 256 * kMebibyte;

/// The nearest folder above that is there.
fs::path existing(fs::path folder) {
  std::error_code ignored;
  while (!folder.empty() && folder != folder.parent_path() && !fs::exists(folder, ignored))
    folder = folder.parent_path();
  return folder;
}

std::string name_of(uid_t user) {
  const passwd* entry = getpwuid(user);
  return entry == nullptr ? fmt::format("user {}", user) : entry->pw_name;
}

Finding judge_journal(const sqlite::Condition& condition, const fs::path& path) {
  constexpr std::string_view kCheck = "journal";
  if (!condition.exists) {
    return doubtful(kCheck, fmt::format("{} is not there yet", path.string()),
                    "the service makes it at its first start; where one ran before, correct journal.path or put back a "
                    "backup with `kentongan restore`");
  }
  if (condition.log_bytes > kLongLog) {
    return doubtful(kCheck, fmt::format("its log has grown to {} MiB", condition.log_bytes / kMebibyte),
                    "end programs that keep the journal open for long (lsof), then restart the service");
  }
  const std::string read = condition.checked ? "read wholly, no damage" : "too large to be read wholly here";
  const std::string use = condition.in_use ? fmt::format("in use by {}", condition.holder) : "no service uses it";
  return good(kCheck, fmt::format("{}: {} MiB, schema {}, {} inputs wait; {}; {}", path.string(),
                                  (condition.bytes + kMebibyte - 1) / kMebibyte, condition.schema, condition.waiting,
                                  read, use));
}

/// Makes a file as the service would, and removes it.
int try_to_write(const fs::path& folder) {
  const std::string name = (folder / fmt::format(".kentongan-doctor-{}", getpid())).string();
  const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return errno;
  const std::string page(4096, 'x');
  const bool written = write(descriptor, page.data(), page.size()) == static_cast<ssize_t>(page.size());
  const int reason = written && fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  unlink(name.c_str());
  return reason;
}

Finding check_rights(const fs::path& folder) {
  constexpr std::string_view kCheck = "rights";
  struct stat facts {};
  if (stat(folder.c_str(), &facts) != 0) {
    return bad(kCheck, fmt::format("{} cannot be looked at ({})", folder.string(), std::strerror(errno)),
               "make it, writable for the user that runs the service, or mount its volume");
  }
  const std::string owner = name_of(facts.st_uid);
  if (const int reason = try_to_write(folder); reason != 0) {
    return bad(
        kCheck, fmt::format("{} cannot write to {} ({})", name_of(geteuid()), folder.string(), std::strerror(reason)),
        fmt::format("run this as the user of the service (its folder belongs to {}), or give that user the folder",
                    owner));
  }
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return doubtful(kCheck, fmt::format("others than {} may look into {}", owner, folder.string()),
                    fmt::format("it holds reports: chmod 700 {}", folder.string()));
  }
  if (facts.st_uid != geteuid()) {
    return doubtful(kCheck,
                    fmt::format("{} belongs to {}, this runs as {}", folder.string(), owner, name_of(geteuid())),
                    fmt::format("run it as the service does: runuser -u {} -- kentongan doctor ..", owner));
  }
  return good(kCheck, fmt::format("{} can write to {}", owner, folder.string()));
}

std::optional<DiskFacts> look_at_disk(const fs::path& folder) {
  struct statvfs facts {};
  if (statvfs(folder.c_str(), &facts) != 0) return std::nullopt;
  return DiskFacts{folder.string(), std::uintmax_t{facts.f_bavail} * facts.f_frsize,
                   std::uintmax_t{facts.f_blocks} * facts.f_frsize};
}

}  // namespace

Finding judge_disk(const DiskFacts& facts) {
  constexpr std::string_view kCheck = "disk";
  constexpr std::uintmax_t kTooLittle = 64 * kMebibyte, kLittle = 1024 * kMebibyte;
  const std::string room = fmt::format("{} MiB of {} MiB are free at {}", facts.free_bytes / kMebibyte,
                                       facts.all_bytes / kMebibyte, facts.folder);
  const std::string advice =
      "free space or move journal.path to a larger disk; a smaller journal.keep_inputs lets the journal use its own "
      "space again";
  if (facts.free_bytes < kTooLittle) return bad(kCheck, room, advice);
  if (facts.free_bytes < kLittle || facts.free_bytes < facts.all_bytes / 20) return doubtful(kCheck, room, advice);
  return good(kCheck, room);
}

Findings check_journal(const Config& config) {
  Findings findings;
  std::error_code ignored;
  const fs::path path = fs::weakly_canonical(fs::absolute(config.journal_path, ignored), ignored);
  const auto condition = sqlite::condition_of(path, kReadWholly);
  findings.push_back(condition
                         ? judge_journal(*condition, path)
                         : bad("journal", condition.error().message, "docs/operations/embedded-journal.md says more"));
  const fs::path folder = existing(path.parent_path());
  findings.push_back(check_rights(folder));
  if (const auto disk = look_at_disk(folder)) findings.push_back(judge_disk(*disk));
  return findings;
}

}  // namespace kentongan::app::doctor
