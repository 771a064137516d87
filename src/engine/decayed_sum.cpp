// SPDX-License-Identifier: Apache-2.0
#include "engine/decayed_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

namespace kentongan::engine {
namespace {

constexpr std::int64_t kHalfLivesPerBucket = 16;
constexpr int kFractionBits = 60;
constexpr double kFraction = 0x1p60;
constexpr double kNegligibleHalfLives = 60;

std::int64_t length_of(Duration half_life) { return half_life.count() * kHalfLivesPerBucket; }

std::int64_t bucket_of(TimePoint time, Duration half_life) {
  const std::int64_t ms = time.time_since_epoch().count();
  const std::int64_t length = length_of(half_life);
  return ms >= 0 ? ms / length : -((-ms + length - 1) / length);
}

TimePoint start_of(std::int64_t index, Duration half_life) { return TimePoint{Duration{index * length_of(half_life)}}; }

/// As the cast, which is slow: a number that is not negative and below 2^126 is shifted.
__int128 whole_part(double number) {
  if (!(number >= 1 && number < 0x1p126)) return static_cast<__int128>(number);
  constexpr int kMantissaBits = 52;
  constexpr int kExponentOfOne = 1023;
  const auto bits = std::bit_cast<std::uint64_t>(number);
  const int shift = static_cast<int>(bits >> kMantissaBits) - kExponentOfOne - kMantissaBits;
  const std::uint64_t hidden = std::uint64_t{1} << kMantissaBits;
  const std::uint64_t mantissa = (bits & (hidden - 1)) | hidden;
  return shift < 0 ? static_cast<__int128>(mantissa >> -shift) : static_cast<__int128>(mantissa) << shift;
}

double half_lives(Duration span, Duration half_life) {
  return static_cast<double>(span.count()) / static_cast<double>(half_life.count());
}

}  // namespace

DecayedSum::Moment DecayedSum::moment(TimePoint time, Duration half_life) {
  const std::int64_t index = bucket_of(time, half_life);
  return {index, std::exp2(half_lives(time - start_of(index, half_life), half_life))};
}

void DecayedSum::change(const Moment& moment, double weight, int sign) {
  const std::int64_t index = moment.bucket;
  auto at = buckets_.end();
  if (!buckets_.empty() && buckets_.back().index == index) {
    at = std::prev(at);
  } else if (buckets_.empty() || buckets_.back().index < index) {
    at = buckets_.insert(buckets_.end(), Bucket{index, 0});
  } else {
    at = std::lower_bound(buckets_.begin(), buckets_.end(), index,
                          [](const Bucket& bucket, std::int64_t wanted) { return bucket.index < wanted; });
    if (at->index != index) at = buckets_.insert(at, Bucket{index, 0});
  }
  const double at_start = std::min(weight, kLargestWeight) * moment.scale;
  at->amount += sign * whole_part(at_start * kFraction);
  if (at->amount == 0) buckets_.erase(at);
}

double DecayedSum::at(TimePoint now, Duration half_life) const {
  double sum = 0;
  for (const Bucket& bucket : buckets_) {
    const double age = half_lives(now - start_of(bucket.index, half_life), half_life);
    if (age > kNegligibleHalfLives + kHalfLivesPerBucket) continue;
    sum += std::ldexp(static_cast<double>(bucket.amount), -kFractionBits) * std::exp2(-age);
  }
  return sum;
}

void DecayedSum::prune(TimePoint now, Duration half_life) {
  const auto counts = [&](const Bucket& bucket) {
    return half_lives(now - start_of(bucket.index, half_life), half_life) <= kNegligibleHalfLives + kHalfLivesPerBucket;
  };
  buckets_.erase(buckets_.begin(), std::find_if(buckets_.begin(), buckets_.end(), counts));
}

double decayed(double weight, Duration age, Duration half_life) {
  return weight * std::exp2(-half_lives(age, half_life));
}

}  // namespace kentongan::engine
