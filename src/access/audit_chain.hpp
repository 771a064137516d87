// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "access/secret.hpp"
#include "domain/time.hpp"
#include "ports/access.hpp"

/// The chain of the audit record: the hash of each entry holds that of the one before, so that nobody can change, take
/// out or put in an entry without all hashes behind it changing.
namespace kentongan::access {

struct AuditEntry {
  std::int64_t number = 0;  ///< from 1, without gaps
  TimePoint time;
  ports::Deed deed;
};

/// The hash before the first entry.
inline constexpr std::string_view kFirstLink = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256, in hex, over the hash before and the fields, each led by its length.
[[nodiscard]] std::string link_of(std::string_view before, const AuditEntry& entry);

/// The deed with controls turned into spaces and each field cut at 500 bytes, as it is kept.
[[nodiscard]] ports::Deed tidy(ports::Deed deed);

}  // namespace kentongan::access
