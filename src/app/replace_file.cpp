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

#include "files/descriptor.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;
using files::Descriptor;

tl::unexpected<Error> cannot(const fs::path& path) {
  return fail(Error::Kind::failed, fmt::format("{}: cannot be written: {}", path.string(), std::strerror(errno)));
}

bool still_is(const fs::path& path, const std::string& text) {
  std::ifstream file(path, std::ios::binary);
  return std::string{std::istreambuf_iterator<char>(file), {}} == text;
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
  if (::fchmod(file.number(), mode) != 0 || !files::write_durably(file.number(), text)) {
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
  files::sync_folder(target.parent_path());
  return {};
}

}  // namespace kentongan::app
