// SPDX-License-Identifier: Apache-2.0
#include "engine/recent_values.hpp"

#include <algorithm>

namespace kentongan::engine {

void RecentValues::add(Interner::Id value, TimePoint time, std::size_t most) {
  const auto known = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.value == value; });
  auto gap = known;  // the place that is free for it
  if (known == items_.end()) {
    if (items_.size() < most) {
      items_.insert(items_.begin(), Item{});
    } else if (time < items_.front().time) {
      return;
    }
    gap = items_.begin();
  } else if (time <= known->time) {
    return;
  }
  for (auto next = std::next(gap); next != items_.end() && next->time <= time; ++next) *gap++ = *next;
  *gap = {time, value};
}

bool RecentValues::has(Interner::Id value, TimePoint time) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const Item& item) { return item.value == value && item.time == time; });
}

}  // namespace kentongan::engine
