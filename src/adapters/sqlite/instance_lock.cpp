// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/instance_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace kentongan::sqlite {
namespace {

/// "process 4711", or "another process" where the holder has not written its number yet.
std::string holder_of(int descriptor) {
  std::array<char, 24> text{};
  const ssize_t size = pread(descriptor, text.data(), text.size(), 0);
  int pid = 0;
  if (size > 0) std::from_chars(text.data(), text.data() + size, pid);
  return pid > 0 ? fmt::format("process {}", pid) : "another process";
}

/// Only for the message of a second process: a failure to write changes nothing.
void name_holder(int descriptor) {
  const std::string pid = fmt::format("{}\n", getpid());
  if (ftruncate(descriptor, 0) == 0) [[maybe_unused]]
    const ssize_t written = pwrite(descriptor, pid.data(), pid.size(), 0);
}

/// holder() holds it for a moment, which must not keep a service from starting.
bool lock_soon(int descriptor) {
  constexpr int kTries = 5;
  for (int i = 0; i < kTries; ++i) {
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

Result<InstanceLock> InstanceLock::acquire(const std::filesystem::path& database) {
  const std::string path = database.string() + ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) {
    return fail(
        Error::Kind::failed,
        fmt::format("{}: the lock file of the journal cannot be opened ({}); make the folder {} writable for the "
                    "user that runs Kentongan",
                    path, std::strerror(errno), database.parent_path().string()));
  }
  InstanceLock lock(descriptor);
  if (!lock_soon(descriptor)) {
    return fail(Error::Kind::failed,
                fmt::format("{}: the journal is in use by {}; stop that service first, or give this one a journal.path "
                            "of its own",
                            database.string(), holder_of(descriptor)));
  }
  name_holder(descriptor);
  return lock;
}

std::optional<std::string> InstanceLock::holder(const std::filesystem::path& database) {
  const int descriptor = ::open((database.string() + ".lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return std::nullopt;
  const InstanceLock closes(descriptor);
  if (flock(descriptor, LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  return holder_of(descriptor);
}

InstanceLock::InstanceLock(InstanceLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

InstanceLock::~InstanceLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace kentongan::sqlite
