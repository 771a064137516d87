// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/file_presence.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace kentongan::sqlite {
namespace {

tl::unexpected<Error> gone(const std::filesystem::path& path, std::string_view how) {
  return fail(Error::Kind::failed,
              fmt::format("{}: {} while the service runs, and what it stores now would be lost; stop the service, put "
                          "the journal back with its -wal file (or the latest backup), and start it again",
                          path.string(), how));
}

}  // namespace

Result<FilePresence::File> FilePresence::look_at(std::filesystem::path path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return File{std::move(path), {status.st_dev, status.st_ino}};
  if (errno == ENOENT || errno == ENOTDIR) return gone(path, "this file was deleted or moved away");
  return gone(path, fmt::format("this file cannot be looked at any more ({})", std::strerror(errno)));
}

Result<FilePresence> FilePresence::note(const std::filesystem::path& database) {
  auto file = look_at(database);
  if (!file) return tl::unexpected(file.error());
  auto log = look_at(database.string() + "-wal");
  if (!log) return tl::unexpected(log.error());
  return FilePresence(*std::move(file), *std::move(log));
}

Result<void> FilePresence::check(const File& file) {
  const auto now = look_at(file.path);
  if (!now) return tl::unexpected(now.error());
  if (now->identity != file.identity) return gone(file.path, "this file was replaced by another one");
  return {};
}

Result<void> FilePresence::check() const {
  return check(database_).and_then([this] { return check(log_); });
}

}  // namespace kentongan::sqlite
