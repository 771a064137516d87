// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "domain/time.hpp"

namespace kentongan::engine {

/// Sum of weights that halve every half-life: at(t) = sum of w_i * 2^(-(t - t_i) / half_life).
///
/// Exact: amounts are kept as 128-bit integers per bucket of 16 half-lives, each weight scaled to the start
/// of its bucket. Integer addition is associative and has an inverse, so the order of arrival never changes
/// a bit of the result, and what is taken out leaves nothing behind.
class DecayedSum {
 public:
  struct Bucket {
    std::int64_t index = 0;  ///< start / (16 half-lives)
    __int128 amount = 0;     ///< sum of weights at the bucket's start, times 2^60
    friend bool operator==(const Bucket&, const Bucket&) = default;
  };

  /// What a moment is to a half-life, the same for all weights of that moment.
  struct Moment {
    std::int64_t bucket = 0;
    double scale = 1;  ///< of a weight, to the start of the bucket
  };
  [[nodiscard]] static Moment moment(TimePoint time, Duration half_life);

  void add(const Moment& moment, double weight) { change(moment, weight, 1); }
  /// The exact inverse of an add() with the same arguments.
  void remove(const Moment& moment, double weight) { change(moment, weight, -1); }
  void add(TimePoint time, double weight, Duration half_life) { add(moment(time, half_life), weight); }
  void remove(TimePoint time, double weight, Duration half_life) { remove(moment(time, half_life), weight); }

  /// `now` must not be before any added time. What is older than 60 half-lives (below 2^-60) counts as nothing.
  [[nodiscard]] double at(TimePoint now, Duration half_life) const;

  /// Forgets buckets that at() would not count at `now` or later.
  void prune(TimePoint now, Duration half_life);

  [[nodiscard]] bool empty() const noexcept { return buckets_.empty(); }
  [[nodiscard]] const std::vector<Bucket>& buckets() const noexcept { return buckets_; }
  friend bool operator==(const DecayedSum&, const DecayedSum&) = default;
  void restore(std::vector<Bucket> buckets) { buckets_ = std::move(buckets); }

  /// Largest weight of one report; larger ones are cut to it, so that no sum can overflow.
  static constexpr double kLargestWeight = 1e9;
  /// By which a weight is multiplied at most before it is cut to an integer: to the start of its bucket, and 2^60.
  static constexpr double kLargestScale = 0x1p76;

 private:
  void change(const Moment& moment, double weight, int sign);
  std::vector<Bucket> buckets_;  ///< by index
};

/// w * 2^(-age / half_life).
[[nodiscard]] double decayed(double weight, Duration age, Duration half_life);

}  // namespace kentongan::engine
