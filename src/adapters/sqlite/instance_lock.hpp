// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "domain/error.hpp"

namespace kentongan::sqlite {

/// Keeps a second service off the same journal, for as long as the object lives: an exclusive flock on
/// DATABASE.lock, which names the holder's process. The kernel drops the lock when the process ends, however
/// it ends; the file stays, since removing it would race with the next holder. Readers do not ask for it.
class InstanceLock {
 public:
  [[nodiscard]] static Result<InstanceLock> acquire(const std::filesystem::path& database);
  /// "process 4711" where one holds it now; nothing is created or changed.
  [[nodiscard]] static std::optional<std::string> holder(const std::filesystem::path& database);
  InstanceLock(InstanceLock&& other) noexcept;
  InstanceLock& operator=(InstanceLock&&) = delete;
  ~InstanceLock();

 private:
  explicit InstanceLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace kentongan::sqlite
