// SPDX-License-Identifier: Apache-2.0
#include "period/level_digest.hpp"

#include <algorithm>

namespace kentongan::period {

void LevelDigest::close(PlaceId place, const Now& now, TimePoint until) {
  const TimePoint from = std::max(now.since, span_.from);
  const TimePoint to = std::min(until, span_.to);
  if (now.level == Level::aman || from >= span_.to || until < span_.from || to < from) return;
  PlaceFigures& figures = figures_.places[place];
  figures.highest = std::max(figures.highest, now.level);
  figures.above += to - from;
  if (figures.by_day.empty()) figures.by_day.resize(span_.days());
  const std::size_t last = span_.day_of(std::max(from, to - Duration(1)));
  for (std::size_t day = span_.day_of(from); day <= last; ++day) {
    figures.by_day[day] = std::max(figures.by_day[day], now.level);
  }
}

void LevelDigest::take(PlaceId place, Level level, TimePoint time) {
  Now& now = now_[place];
  close(place, now, time);
  now = {level, std::max(time, now.since)};
}

void LevelDigest::finish() {
  for (const auto& [place, now] : now_) close(place, now, span_.to);
}

}  // namespace kentongan::period
