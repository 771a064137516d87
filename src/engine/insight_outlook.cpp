// SPDX-License-Identifier: Apache-2.0
// What stands before a city, for those who watch it.
#include <algorithm>

#include "engine/insight.hpp"

namespace kentongan::engine {
namespace {

/// One more on its day, where that is one of those ahead.
template <class Days>
void count_day(Days& days, LocalDay today, LocalDay day) {
  const auto ahead = (day - today).count();
  if (ahead >= 0 && ahead < static_cast<std::int64_t>(days.size())) ++days[static_cast<std::size_t>(ahead)];
}

}  // namespace

/// When both entries of a pair have begun. The names of a pair may hold the plus that stands between them.
std::optional<TimePoint> Insight::meeting(std::string_view pair) const {
  for (auto plus = pair.find('+'); plus != std::string_view::npos; plus = pair.find('+', plus + 1)) {
    const RecordId one = city_.campaigns_.find(pair.substr(0, plus));
    const RecordId other = city_.campaigns_.find(pair.substr(plus + 1));
    if (one == kNoRecord || other == kNoRecord) continue;
    const auto& begin = campaign_of(city_.records_.at(one)).starts_at;
    const auto& with = campaign_of(city_.records_.at(other)).starts_at;
    if (begin && with) return std::max(*begin, *with);
  }
  return std::nullopt;
}

Outlook Insight::outlook() const {
  Outlook outlook;
  const LocalZone& zone = city_.zone();
  const LocalDay today = zone.day_of(*city_.clock_);
  for (const Campaigns::Id id : city_.campaigns_.all()) {
    const auto& begin = city_.campaigns_.campaign(id).starts_at;
    if (begin) count_day(outlook.campaigns, today, zone.day_of(*begin));
  }
  for (const auto& [alert, id] : city_.open_alerts_) {
    const Pattern& pattern = city_.patterns_.at(id);
    if (pattern.scope.kind != ScopeKind::campaign_pair) continue;
    if (const auto moment = meeting(pattern.scope.text)) count_day(outlook.clashes, today, zone.day_of(*moment));
  }
  const Reference& reference = city_.context_.reference();
  city_.custody_.visit([&](const std::vector<CustodyStep>& steps) {
    const auto last = KeptEvent::load(steps.back().event, city_.id(), reference);
    const auto* consignment = last == nullptr ? nullptr : std::get_if<Consignment>(&last->event().data);
    if (consignment != nullptr) ++outlook.consignments[static_cast<std::size_t>(consignment->step)];
  });
  return outlook;
}

}  // namespace kentongan::engine
