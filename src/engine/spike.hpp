// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "domain/time.hpp"
#include "rules/rule.hpp"

namespace kentongan::engine {

/// Events of one scope by local day, and how unusual a day is against those before it.
///
/// EARS C1, C2, C3: Hutwagner, Thompson, Seeman, Treadwell: The bioterrorism preparedness and response Early
/// Aberration Reporting System, J. Urban Health 80 (2003) i89-i96; C3 as the sum of the excess of C2 over 1 on three
/// days. CUSUM with the reference value of a Poisson likelihood ratio: Lucas: Counted data CUSUM's, Technometrics 27
/// (1985) 129-144, k = (l1 - l0) / ln(l1 / l0).
class DailyCounts {
 public:
  /// Days before this one are needed before a day is looked at.
  static constexpr int kDaysBefore = 7;
  static constexpr std::int32_t kNone = INT32_MIN;

  using Day = std::int32_t;  ///< days since 1970-01-01

  void add(Day day, std::int64_t events);
  [[nodiscard]] std::int64_t on(Day day) const;

  /// The statistic of the day, in a city whose first day was `first`; none where too few days lie before it.
  [[nodiscard]] std::optional<double> statistic(const rules::SpikeBlock& spec, Day day, Day first) const;
  /// The day has at least `min` events and its statistic is above the threshold.
  [[nodiscard]] bool unusual(const rules::SpikeBlock& spec, Day day, Day first) const;

  /// Nothing before `day` will change any more: what is not needed of it is forgotten.
  void settle(const rules::SpikeBlock& spec, Day day, Day first);
  /// Nothing is left that could matter.
  [[nodiscard]] bool empty() const noexcept { return counts_.empty() && settled_sum_ == 0; }

  [[nodiscard]] const std::map<Day, std::int64_t>& counts() const noexcept { return counts_; }
  /// The first day that is not settled (kNone: none is), and CUSUM's S of the day before it.
  [[nodiscard]] Day settled_day() const noexcept { return settled_day_; }
  [[nodiscard]] double settled_sum() const noexcept { return settled_sum_; }
  void restore_settled(Day day, double sum) {
    settled_day_ = day;
    settled_sum_ = sum;
  }

 private:
  struct Moments {
    double mean = 0, deviation = 0;
    int days = 0;
  };
  [[nodiscard]] Moments moments(Day from, Day to, Day first) const;
  [[nodiscard]] double excess(const rules::SpikeBlock& spec, Day day, int gap, Day first) const;
  [[nodiscard]] double cusum_until(const rules::SpikeBlock& spec, Day day, Day first) const;
  [[nodiscard]] double cusum_step(const rules::SpikeBlock& spec, double sum, Day day, Day first) const;

  std::map<Day, std::int64_t> counts_;  ///< none is zero
  Day settled_day_ = kNone;
  double settled_sum_ = 0;
};

}  // namespace kentongan::engine
