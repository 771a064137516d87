// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "domain/error.hpp"

/// Copies of a journal: made while a service uses it, checked, and put back.
namespace kentongan::sqlite {

/// What a copy holds.
struct Copied {
  std::uintmax_t bytes = 0;
  std::int64_t last_input = 0;  ///< offset of the last input
  std::int64_t committed = 0;   ///< of the last one applied
  std::int64_t outputs = 0;     ///< how many
  std::int64_t schema = 0;      ///< version of its tables
};

/// Called now and then with the share that is copied, 0 to 1.
using CopyProgress = std::function<void(double)>;

/// Copies the journal at `from` into the new file `to` (0600), as it was at one commit; holds up neither side. The copy
/// is read wholly before it gets its name; a failure leaves no file. Error::usage: `to` is there already, or is `from`.
[[nodiscard]] Result<Copied> back_up(const std::filesystem::path& from, const std::filesystem::path& to,
                                     const CopyProgress& progress = {});

struct Restored {
  Copied copied;
  std::optional<std::filesystem::path> replaced;  ///< where the journal that stood there was moved to, with its log
};

/// Checks the copy `from` wholly, then puts a copy of it at `to`, whole or not at all. A journal that stands there is
/// moved beside, never deleted. Refused while a service uses it. Run by root, owner and group are those of the folder.
[[nodiscard]] Result<Restored> restore(const std::filesystem::path& from, const std::filesystem::path& to,
                                       const CopyProgress& progress = {});

}  // namespace kentongan::sqlite
