// SPDX-License-Identifier: Apache-2.0
#include "engine/campaigns.hpp"

#include <algorithm>
#include <utility>

namespace kentongan::engine {

const Campaign& campaign_of(const Record& record) { return std::get<Campaign>(record.kept->event().data); }

const Campaign& Campaigns::campaign(Id id) const { return campaign_of(records_.at(versions_[id])); }

bool Campaigns::takes_place(RecordId version) const {
  const Campaign& campaign = campaign_of(records_.at(version));
  return campaign.status != CampaignStatus::cancelled && campaign.starts_at && campaign.ends_at;
}

RecordId Campaigns::find(std::string_view campaign) const {
  const auto found = entries_.find(campaign);
  return found == entries_.end() ? kNoRecord : versions_[found->second.id];
}

RecordId Campaigns::put(std::string_view campaign, RecordId version, Duration dedupe) {
  const RecordId before = drop(campaign);
  Entry entry;
  if (free_.empty()) {
    entry.id = static_cast<Id>(versions_.size());
    versions_.push_back(version);
  } else {
    entry.id = free_.back();
    free_.pop_back();
    versions_[entry.id] = version;
  }
  records_.use(version);
  // An amendment that is older than this version can come for so long.
  entry.forget_at = records_.at(version).time + dedupe;
  if (takes_place(version)) {
    const Campaign& data = campaign_of(records_.at(version));
    entry.forget_at = std::max(entry.forget_at, *data.ends_at + kKeptBehindEnd);
    index_.insert(entry.id, data);
  }
  by_end_.emplace(entry.forget_at, campaign);
  entries_.emplace(campaign, entry);
  return before;
}

RecordId Campaigns::drop(std::string_view campaign) {
  const auto found = entries_.find(campaign);
  if (found == entries_.end()) return kNoRecord;
  const Entry entry = found->second;
  const RecordId version = std::exchange(versions_[entry.id], kNoRecord);
  if (takes_place(version)) index_.erase(entry.id, campaign_of(records_.at(version)));
  by_end_.erase({entry.forget_at, found->first});
  entries_.erase(found);
  free_.push_back(entry.id);
  return version;
}

std::string Campaigns::expired(TimePoint now) const {
  if (by_end_.empty() || (by_end_.begin()->first >= now && !overfull())) return {};
  return by_end_.begin()->second;
}

std::vector<Campaigns::Id> Campaigns::all() const {
  std::vector<Id> ids;
  for (const auto& [name, entry] : entries_) {
    if (takes_place(versions_[entry.id])) ids.push_back(entry.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace kentongan::engine
