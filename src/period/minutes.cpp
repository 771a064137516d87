// SPDX-License-Identifier: Apache-2.0
#include "period/minutes.hpp"

#include <algorithm>
#include <cmath>

namespace kentongan::period {

void Minutes::add(Duration took) {
  constexpr std::int64_t kLongest = 366 * 24 * 60;
  ++by_minute_[std::clamp<std::int64_t>(took / kMinute, 0, kLongest)];
  ++count_;
}

std::optional<std::int64_t> Minutes::quantile(double share) const {
  if (count_ == 0) return std::nullopt;
  const auto rank =
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_))));
  std::uint64_t below = 0;
  for (const auto& [minute, times] : by_minute_) {
    below += times;
    if (below >= rank) return minute;
  }
  return by_minute_.rbegin()->first;
}

}  // namespace kentongan::period
