// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/event.hpp"
#include "domain/ids.hpp"
#include "engine/interner.hpp"
#include "engine/records.hpp"

namespace kentongan::engine {

/// The voice that a report is raised with: its reporter's ref or, where it is given, the household's. The two never
/// meet, as a household's begins with a NUL, which no text of an event holds.
[[nodiscard]] Interner::Id acquire_voice(Interner& texts, const Report& report);

/// One voice is not a crowd: ranks the reports of a reporter (or household) in an area, whatever rules they match.
/// The rank of a report is one more than the number of reports of the same reporter in the same area that
/// come before it in the order of events, less than `within` earlier.
class Voice {
 public:
  /// Reports of a rank behind `most` weigh nothing any more: their rank is said to be `most`.
  Voice(const Records& records, Duration within, std::uint32_t most = UINT32_MAX)
      : records_(records), within_(within), most_(most) {}

  /// Puts the record in; returns its rank. `rerank` is called for each later record whose rank rises,
  /// with its new rank, which the caller writes into the record.
  std::uint32_t insert(RecordId record, const std::function<void(RecordId, std::uint32_t)>& rerank);
  /// Takes it out; `rerank` is called for each later record whose rank falls.
  void remove(RecordId record, const std::function<void(RecordId, std::uint32_t)>& rerank);
  /// Of a record that is in.
  [[nodiscard]] std::uint32_t rank_of(RecordId record);
  /// The record can no longer change (but still counts for later ones): only its time is kept.
  void settle(RecordId record);
  /// Forgets times that no report can count any more: those before `horizon`.
  void prune(PlaceId area, Interner::Id reporter, TimePoint horizon);

 private:
  struct Entry {
    TimePoint time;
    RecordId record = kNoRecord;  ///< kNoRecord: settled
  };
  using Entries = std::vector<Entry>;
  static std::uint64_t key(PlaceId area, Interner::Id reporter) {
    return (std::uint64_t{area.value()} << 32U) | reporter;
  }
  /// Where the record stands, or would stand.
  [[nodiscard]] Entries::iterator position(Entries& entries, RecordId record) const;
  [[nodiscard]] std::uint32_t rank_at(const Entries& entries, Entries::const_iterator at) const;
  void rerank_after(Entries& entries, Entries::iterator at, TimePoint since,
                    const std::function<void(RecordId, std::uint32_t)>& rerank) const;

  const Records& records_;
  Duration within_;
  std::uint32_t most_;
  boost::unordered_flat_map<std::uint64_t, Entries> entries_;
};

}  // namespace kentongan::engine
