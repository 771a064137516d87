// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "domain/time.hpp"

namespace kentongan::period {

/// How long something took, many times: whole minutes, rounded down. Memory is bounded, as more than a year counts as
/// a year.
class Minutes {
 public:
  void add(Duration took);
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// The least number of minutes that at least this share of all stays within; none of nothing.
  [[nodiscard]] std::optional<std::int64_t> quantile(double share) const;

 private:
  std::map<std::int64_t, std::uint64_t> by_minute_;
  std::uint64_t count_ = 0;
};

}  // namespace kentongan::period
