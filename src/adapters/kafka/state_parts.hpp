// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "ports/journal.hpp"

/// State records as records of the changelog topic:
///
///   key                  value
///   CITY/KIND/KEY        'v' and the value; or 'p', the number of parts N in decimal, LF, and the first part
///   CITY/KIND/KEY NUL n  part n of N, from 1 on, of a value that is too large for one record; raw bytes
///   _/layout             the number of this layout
///   _/sequence           how many outputs were written from this partition
///
/// A record without value (a tombstone) removes its key. No text of an event holds a NUL, so no key of the engine does.
namespace kentongan::kafka {

inline constexpr std::string_view kLayoutKey = "_/layout";
inline constexpr std::string_view kSequenceKey = "_/sequence";
inline constexpr int kLayout = 1;

[[nodiscard]] std::string changelog_key(const ports::StateKey& key);
/// None: it is no key of a state record.
[[nodiscard]] std::optional<ports::StateKey> parse_changelog_key(std::string_view key);

/// Cuts values into records, and knows which keys had more than one, so that no part is left over.
class StateParts {
 public:
  using Emit = std::function<void(const std::string& key, std::optional<std::string_view> value)>;

  explicit StateParts(std::size_t part_bytes = std::size_t{512} << 10) : part_bytes_(part_bytes) {}
  /// Calls `emit` for each record of the change. A commit that fails is followed by clear().
  void split(const ports::StateChange& change, const Emit& emit);
  void clear() { parts_.clear(); }

  /// The latest records of one changelog partition by key -> `visit` for each state record; remembers what is cut.
  /// Error: a part is missing.
  [[nodiscard]] Result<void> join(const std::map<std::string, std::string>& records,
                                  const std::function<void(ports::StateKey, std::string_view)>& visit);

 private:
  std::size_t part_bytes_;
  std::map<std::string, std::size_t> parts_;  ///< of the keys that have more than one
};

}  // namespace kentongan::kafka
