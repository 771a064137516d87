// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "access/audit_chain.hpp"
#include "domain/error.hpp"
#include "domain/time.hpp"
#include "ports/access.hpp"

namespace kentongan::audit {

/// Some gigabytes, should somebody read alerts all year long.
inline constexpr std::int64_t kMostEntries = 10'000'000;

/// What a look at the whole chain came to.
struct ChainState {
  std::int64_t first = 0, last = 0;  ///< numbers of the entries that are there; 0: there is none
  std::int64_t removed = 0;          ///< by retention: the entries up to this number
  std::string head;                  ///< the last entry's hash
  struct Break {
    std::int64_t number = 0;  ///< of the entry
    std::string why;
  };
  std::optional<Break> broken;  ///< the first one
};

/// The record in a SQLite file of its own, to which several programs may append: entries with a hash chain, and the
/// link before the first of them. Used by one thread at a time.
class AuditFile {
 public:
  enum class Open : unsigned char {
    append,  ///< makes the file (0600) where it is missing
    read     ///< Error::usage where it is missing
  };
  [[nodiscard]] static Result<std::unique_ptr<AuditFile>> open(const std::filesystem::path& path, Open how);
  ~AuditFile();
  AuditFile(const AuditFile&) = delete;
  AuditFile& operator=(const AuditFile&) = delete;

  /// Durable together when it returns.
  [[nodiscard]] Result<void> append(std::span<const ports::Deed> deeds, TimePoint now);
  /// Removes the entries before this time, and the oldest where there are more than `most`, and says so in an entry
  /// that holds the last removed one's hash. The number of those removed.
  [[nodiscard]] Result<std::int64_t> retain(TimePoint since, TimePoint now, std::int64_t most = kMostEntries);
  [[nodiscard]] Result<ChainState> verify();
  /// The hash of the entry with this number; none: it is not there.
  [[nodiscard]] Result<std::optional<std::string>> link_at(std::int64_t number);
  /// The last `most` entries of those that `wanted` takes, the oldest first.
  [[nodiscard]] Result<void> each_of_last(std::int64_t most,
                                          const std::function<bool(const access::AuditEntry&)>& wanted,
                                          const std::function<void(const access::AuditEntry&)>& visit);

 private:
  struct Parts;
  explicit AuditFile(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace kentongan::audit
