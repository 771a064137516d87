// SPDX-License-Identifier: Apache-2.0
#include "access/token_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "files/descriptor.hpp"

namespace kentongan::access {
namespace {

namespace fs = std::filesystem;
using files::Descriptor;

constexpr std::size_t kLargest = std::size_t{8} * 1024 * 1024;

tl::unexpected<Error> cannot(const fs::path& path, std::string_view what) {
  return fail(Error::Kind::failed, fmt::format("{}: cannot be {}: {}", path.string(), what, std::strerror(errno)));
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

Result<std::string> read_all(int file, const fs::path& path) {
  std::string text;
  std::array<char, 64 * 1024> piece{};
  for (;;) {
    const ssize_t count = ::read(file, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return cannot(path, "read");
    if (count == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > kLargest) {
      return fail(Error::Kind::usage, fmt::format("{}: is larger than any file of tokens", path.string()));
    }
  }
}

/// Made by root, the file would be of no use to the user that runs the service.
void give_to_owner(int file, const fs::path& path) {
  struct stat status {};
  const bool there = ::stat(path.c_str(), &status) == 0;
  if (!there && ::stat(folder_of(path).c_str(), &status) != 0) return;
  if (::fchown(file, status.st_uid, status.st_gid) != 0) return;  // not permitted: it stays with who made it
}

Result<void> put_in_place(const fs::path& path, std::string_view text) {
  std::string name = (folder_of(path) / fmt::format(".{}.XXXXXX", path.filename().string())).string();
  const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));  // 0600
  if (file.number() < 0) return cannot(path, "written");
  give_to_owner(file.number(), path);
  if (!files::write_durably(file.number(), text) || ::rename(name.c_str(), path.c_str()) != 0) {
    auto failed = cannot(path, "written");
    (void)::unlink(name.c_str());
    return failed;
  }
  files::sync_folder(folder_of(path));
  return {};
}

}  // namespace

std::string stamp_of_file(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return fmt::format("{} {} {} {}.{} {:o}", status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec, status.st_mode);
}

Result<std::vector<TokenRecord>> load_tokens(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
    return fail(Error::Kind::usage,
                fmt::format("{}: the tokens cannot be read ({}); `kentongan token create` makes the file, and the user "
                            "that runs the service must own it",
                            path.string(), std::strerror(errno)));
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(Error::Kind::usage, fmt::format("{}: is no file of tokens", path.string()));
  }
  if ((status.st_mode & 077U) != 0) {
    return fail(Error::Kind::usage, fmt::format("{}: others than its owner may read or write it; `chmod 600 {}`",
                                                path.string(), path.string()));
  }
  auto text = read_all(file.number(), path);
  if (!text) return tl::unexpected(text.error());
  return read_tokens(*text, path.string());
}

Result<void> change_tokens(const fs::path& path, const std::function<Result<void>(std::vector<TokenRecord>&)>& change) {
  std::error_code problem;
  if (fs::create_directories(folder_of(path), problem)) {
    fs::permissions(folder_of(path), fs::perms::owner_all, problem);
  }
  const Descriptor turn(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (turn.number() < 0 || ::flock(turn.number(), LOCK_EX) != 0) return cannot(path, "written");
  std::vector<TokenRecord> tokens;
  if (fs::exists(path, problem)) {
    auto loaded = load_tokens(path);
    if (!loaded) return tl::unexpected(loaded.error());
    tokens = *std::move(loaded);
  }
  if (auto changed = change(tokens); !changed) return changed;
  const std::string text = write_tokens(tokens);
  if (auto good = read_tokens(text, path.string()); !good) return tl::unexpected(good.error());
  return put_in_place(path, text);
}

}  // namespace kentongan::access
