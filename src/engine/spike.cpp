// SPDX-License-Identifier: Apache-2.0
#include "engine/spike.hpp"

#include <algorithm>
#include <cmath>

namespace kentongan::engine {
namespace {

/// The days that EARS looks back: seven, right before the day (C1) or two days earlier (C2, C3).
constexpr int kEarsDays = 7;
constexpr int kEarsGap = 2;
/// Below so few events a day a baseline would make everything unusual.
constexpr double kLeastMean = 0.05;

}  // namespace

void DailyCounts::add(Day day, std::int64_t events) {
  const auto at = counts_.try_emplace(day, 0).first;
  at->second += events;
  if (at->second <= 0) counts_.erase(at);
}

std::int64_t DailyCounts::on(Day day) const {
  const auto found = counts_.find(day);
  return found == counts_.end() ? 0 : found->second;
}

/// Of the days [from, to], as far as the city has them.
DailyCounts::Moments DailyCounts::moments(Day from, Day to, Day first) const {
  from = std::max(from, first);
  const std::int64_t days = std::int64_t{to} - from + 1;
  if (days <= 0) return {};
  std::int64_t sum = 0, squares = 0;
  for (auto at = counts_.lower_bound(from); at != counts_.end() && at->first <= to; ++at) {
    sum += at->second;
    squares += at->second * at->second;
  }
  Moments moments{static_cast<double>(sum) / static_cast<double>(days), 0, static_cast<int>(days)};
  // In whole numbers, so that equal days have no deviation at all.
  const std::int64_t spread = days * squares - sum * sum;
  if (days > 1) moments.deviation = std::sqrt(static_cast<double>(spread) / static_cast<double>(days * (days - 1)));
  return moments;
}

/// z of the day against the seven days that end `gap` days before the one before it.
double DailyCounts::excess(const rules::SpikeBlock& spec, Day day, int gap, Day first) const {
  const Moments base = moments(day - kEarsDays - gap, day - 1 - gap, first);
  return (static_cast<double>(on(day)) - base.mean) / std::max(base.deviation, spec.floor);
}

double DailyCounts::cusum_step(const rules::SpikeBlock& spec, double sum, Day day, Day first) const {
  const double expected = std::max(moments(day - spec.baseline_days, day - 1, first).mean, kLeastMean);
  const double unusual = spec.ratio * expected;
  const double allowance = (unusual - expected) / std::log(unusual / expected);
  return std::max(0.0, sum + static_cast<double>(on(day)) - allowance);
}

/// S at the end of the day. On days without events S only falls, so that long gaps are passed over.
double DailyCounts::cusum_until(const rules::SpikeBlock& spec, Day day, Day first) const {
  double sum = settled_day_ == kNone ? 0 : settled_sum_;
  Day at = std::max(settled_day_ == kNone ? first : settled_day_, first + kDaysBefore);
  while (at <= day) {
    const auto next = counts_.lower_bound(at);
    if (sum == 0 && (next == counts_.end() || next->first > at)) {
      if (next == counts_.end() || next->first > day) return 0;
      at = next->first;
    }
    sum = cusum_step(spec, sum, at, first);
    ++at;
  }
  return sum;
}

std::optional<double> DailyCounts::statistic(const rules::SpikeBlock& spec, Day day, Day first) const {
  if (day - first < kDaysBefore) return std::nullopt;
  switch (spec.method) {
    case rules::SpikeMethod::cusum:
      return cusum_until(spec, day, first);
    case rules::SpikeMethod::ears_c1:
      return excess(spec, day, 0, first);
    case rules::SpikeMethod::ears_c2:
      return excess(spec, day, kEarsGap, first);
    case rules::SpikeMethod::ears_c3:
      break;
  }
  double sum = 0;
  for (Day one = day - 2; one <= day; ++one) {
    if (one - first >= kDaysBefore) sum += std::max(0.0, excess(spec, one, kEarsGap, first) - 1);
  }
  return sum;
}

bool DailyCounts::unusual(const rules::SpikeBlock& spec, Day day, Day first) const {
  if (on(day) < spec.min) return false;
  const auto value = statistic(spec, day, first);
  return value && *value > spec.threshold;
}

void DailyCounts::settle(const rules::SpikeBlock& spec, Day day, Day first) {
  if (settled_day_ != kNone && day <= settled_day_) return;
  settled_sum_ = spec.method == rules::SpikeMethod::cusum ? cusum_until(spec, day - 1, first) : 0;
  settled_day_ = day;
  const int looked_back = spec.method == rules::SpikeMethod::cusum ? spec.baseline_days : kEarsDays + kEarsGap + 2;
  counts_.erase(counts_.begin(), counts_.lower_bound(day - looked_back));
}

}  // namespace kentongan::engine
