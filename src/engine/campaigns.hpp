// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reference.hpp"
#include "engine/campaign_index.hpp"
#include "engine/records.hpp"

namespace kentongan::engine {

/// The valid version of each campaign entry of one city: that with the greatest time, then id. The version itself is
/// in its record (Record::kept, Record::plan), which the book holds in use.
class Campaigns {
 public:
  using Id = CampaignIndex::Id;
  /// Entries at most; beyond, the one that will be forgotten first is dropped.
  static constexpr std::size_t kMost = 50'000;
  /// So long behind its end an entry can still meet one that goes on.
  static constexpr Duration kKeptBehindEnd = std::chrono::days(366);

  Campaigns(Records& records, const Reference& reference) : records_(records), index_(reference) {}

  /// The record of the valid version; kNoRecord: none is known.
  [[nodiscard]] RecordId find(std::string_view campaign) const;
  /// From now on this version is the valid one; its record has `kept` and `plan`. Returns the record of the one before,
  /// still in use and to be released; kNoRecord: there was none.
  RecordId put(std::string_view campaign, RecordId version, Duration dedupe);
  /// Returns its record, still in use and to be released.
  RecordId drop(std::string_view campaign);
  /// The next entry that nothing needs any more at `now`, or that is one too many; empty: there is none.
  [[nodiscard]] std::string expired(TimePoint now) const;
  /// There is one too many.
  [[nodiscard]] bool overfull() const noexcept { return entries_.size() > kMost; }

  [[nodiscard]] const CampaignIndex& index() const noexcept { return index_; }
  [[nodiscard]] RecordId record(Id id) const { return versions_[id]; }
  [[nodiscard]] const Campaign& campaign(Id id) const;
  /// Of all entries that take place, ascending.
  [[nodiscard]] std::vector<Id> all() const;
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  struct Entry {
    Id id = 0;
    TimePoint forget_at;
  };
  [[nodiscard]] bool takes_place(RecordId version) const;

  Records& records_;
  CampaignIndex index_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::set<std::pair<TimePoint, std::string>> by_end_;
  std::vector<RecordId> versions_;  ///< by Id
  std::vector<Id> free_;
};

/// The campaign of a record that has one.
[[nodiscard]] const Campaign& campaign_of(const Record& record);

}  // namespace kentongan::engine
