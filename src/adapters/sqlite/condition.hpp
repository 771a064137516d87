// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "domain/error.hpp"

namespace kentongan::sqlite {

/// How a journal is, looked at from outside.
struct Condition {
  bool exists = false;
  bool in_use = false;       ///< a service has it open
  std::string holder;        ///< "process 4711"
  bool checked = false;      ///< it was read wholly
  std::uintmax_t bytes = 0;  ///< of the file
  std::uintmax_t log_bytes = 0;
  std::int64_t waiting = 0;        ///< inputs that are not applied yet
  std::int64_t schema = 0;         ///< version of its tables
  std::int64_t last_received = 0;  ///< ms since 1970; 0: no input is kept
};

/// Changes nothing. A file of at most `check_up_to` bytes is read wholly. A missing journal is none of the errors,
/// which are those of opening it.
[[nodiscard]] Result<Condition> condition_of(const std::filesystem::path& path, std::uintmax_t check_up_to);

}  // namespace kentongan::sqlite
