// SPDX-License-Identifier: Apache-2.0
#include "app/access/machine_user.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace kentongan::app {

std::string machine_user() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> space{};
  const uid_t uid = ::geteuid();
  const bool known = ::getpwuid_r(uid, &entry, space.data(), space.size(), &found) == 0 && found != nullptr;
  std::string user = known ? fmt::format("user {}", entry.pw_name) : fmt::format("user {}", uid);
  if (const char* caller = std::getenv("SUDO_USER")) user += fmt::format(" for {}", caller);
  return user;
}

}  // namespace kentongan::app
