// SPDX-License-Identifier: Apache-2.0
#include "files/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace kentongan::files {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

bool write_durably(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() >= 0) (void)::fsync(opened.number());
}

}  // namespace kentongan::files
