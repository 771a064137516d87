// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "domain/output.hpp"
#include "period/figures.hpp"
#include "period/span.hpp"

namespace kentongan::period {

/// Follows the levels of all places up to the end of a span. Memory: a byte for each day of the span and place that was
/// ever above aman in it. Not thread-safe; span and figures outlive it.
class LevelDigest {
 public:
  LevelDigest(const Span& span, Figures& figures) : span_(span), figures_(figures) {}

  /// In the order in which they were written.
  void take(PlaceId place, Level level, TimePoint time);
  void finish();

 private:
  struct Now {
    Level level = Level::aman;
    TimePoint since;
  };
  void close(PlaceId place, const Now& now, TimePoint until);

  const Span& span_;
  Figures& figures_;
  std::map<PlaceId, Now> now_;
};

}  // namespace kentongan::period
