// SPDX-License-Identifier: Apache-2.0
#include "app/replace_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;

/// An open file; closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> cannot(const fs::path& path) {
  return fail(Error::Kind::failed, fmt::format("{}: cannot be written: {}", path.string(), std::strerror(errno)));
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool still_is(const fs::path& path, const std::string& text) {
  std::ifstream file(path, std::ios::binary);
  return std::string{std::istreambuf_iterator<char>(file), {}} == text;
}

/// So that the new name outlasts a loss of power; on file systems that cannot, it is as good as it gets.
void sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() >= 0) (void)::fsync(opened.number());
}

Result<void> write_beside(const fs::path& target, std::string& name, const std::string& text) {
  struct stat status {};
  if (::stat(target.c_str(), &status) != 0) return cannot(target);
  const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.number() < 0) {
    name.clear();
    return cannot(target);
  }
  const bool owner_kept = ::fchown(file.number(), status.st_uid, status.st_gid) == 0;
  const mode_t mode = status.st_mode & (owner_kept ? 07777U : 0777U);
  if (::fchmod(file.number(), mode) != 0 || !write_all(file.number(), text) || ::fsync(file.number()) != 0) {
    return cannot(target);
  }
  return {};
}

}  // namespace

Result<void> replace_file(const fs::path& path, const std::string& before, const std::string& after) {
  std::error_code problem;
  const fs::path target = fs::canonical(path, problem);
  if (problem) return fail(Error::Kind::failed, fmt::format("{}: {}", path.string(), problem.message()));
  std::string name = (target.parent_path() / fmt::format(".{}.XXXXXX", target.filename().string())).string();
  auto written = write_beside(target, name, after);
  if (written && !still_is(target, before)) {
    written = fail(Error::Kind::failed,
                   fmt::format("{}: it was changed meanwhile; nothing is repaired in it", path.string()));
  }
  if (written && ::rename(name.c_str(), target.c_str()) != 0) written = cannot(path);
  if (!written) {
    if (!name.empty()) (void)::unlink(name.c_str());
    return written;
  }
  sync_folder(target.parent_path());
  return {};
}

}  // namespace kentongan::app
