// SPDX-License-Identifier: Apache-2.0
#include "engine/voice.hpp"

#include <algorithm>
#include <string>

namespace kentongan::engine {

Interner::Id acquire_voice(Interner& texts, const Report& report) {
  if (!report.reporter) return 0;
  if (!report.household) return texts.acquire(report.reporter->ref);
  return texts.acquire(std::string(1, '\0').append(*report.household));
}

Voice::Entries::iterator Voice::position(Entries& entries, RecordId record) const {
  const Record& wanted = records_.at(record);
  // Settled entries are older than anything that can still come or go, so they come first among equal times.
  return std::lower_bound(entries.begin(), entries.end(), record, [&](const Entry& entry, RecordId id) {
    if (entry.time != wanted.time) return entry.time < wanted.time;
    return entry.record == kNoRecord || records_.before(entry.record, id);
  });
}

std::uint32_t Voice::rank_at(const Entries& entries, Entries::const_iterator at) const {
  const auto first =
      std::partition_point(entries.begin(), at, [&](const Entry& entry) { return at->time - entry.time >= within_; });
  return std::min(static_cast<std::uint32_t>(at - first) + 1, most_);
}

void Voice::rerank_after(Entries& entries, Entries::iterator at, TimePoint since,
                         const std::function<void(RecordId, std::uint32_t)>& rerank) const {
  auto first = entries.begin();  // what still counts for `at`
  for (; at != entries.end() && at->time - since < within_; ++at) {
    while (at->time - first->time >= within_) ++first;
    if (at->record == kNoRecord) continue;
    const std::uint32_t rank = std::min(static_cast<std::uint32_t>(at - first) + 1, most_);
    if (rank != records_.at(at->record).rank) rerank(at->record, rank);
  }
}

std::uint32_t Voice::insert(RecordId id, const std::function<void(RecordId, std::uint32_t)>& rerank) {
  const Record& record = records_.at(id);
  Entries& entries = entries_[key(record.area, record.reporter)];
  auto at = entries.insert(position(entries, id), Entry{record.time, id});
  const std::uint32_t rank = rank_at(entries, at);
  rerank_after(entries, std::next(at), record.time, rerank);
  return rank;
}

void Voice::remove(RecordId id, const std::function<void(RecordId, std::uint32_t)>& rerank) {
  const Record& record = records_.at(id);
  const auto found = entries_.find(key(record.area, record.reporter));
  if (found == entries_.end()) return;
  Entries& entries = found->second;
  const auto at = position(entries, id);
  if (at == entries.end() || at->record != id) return;
  rerank_after(entries, entries.erase(at), record.time, rerank);
  if (entries.empty()) entries_.erase(found);
}

std::uint32_t Voice::rank_of(RecordId id) {
  const Record& record = records_.at(id);
  Entries& entries = entries_[key(record.area, record.reporter)];
  return rank_at(entries, position(entries, id));
}

void Voice::settle(RecordId id) {
  const Record& record = records_.at(id);
  const auto found = entries_.find(key(record.area, record.reporter));
  if (found == entries_.end()) return;
  const auto at = position(found->second, id);
  if (at != found->second.end() && at->record == id) at->record = kNoRecord;
}

void Voice::prune(PlaceId area, Interner::Id reporter, TimePoint horizon) {
  const auto found = entries_.find(key(area, reporter));
  if (found == entries_.end()) return;
  Entries& entries = found->second;
  entries.erase(entries.begin(), std::find_if(entries.begin(), entries.end(),
                                              [&](const Entry& entry) { return entry.time >= horizon; }));
  if (entries.empty()) entries_.erase(found);
}

}  // namespace kentongan::engine
