// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/time.hpp"

namespace kentongan::notify {

/// Closes a channel that does not work, so that its people are told by another one meanwhile, and lets one try through
/// from time to time. Used by one thread; time is given.
class Breaker {
 public:
  struct Limits {
    int faults = 5;  ///< in a row
    Duration first_pause = std::chrono::seconds(15);
    Duration longest_pause = std::chrono::minutes(5);
  };
  Breaker() = default;
  explicit Breaker(Limits limits) : limits_(limits) {}

  /// Whether a try may be made now. Of a closed channel one may, once its pause is over.
  [[nodiscard]] bool lets(TimePoint now);
  void worked();
  void failed(TimePoint now);
  /// The other side wants silence until then: nothing is sent, though nothing is wrong.
  void pause(TimePoint until) { until_ = until > until_ ? until : until_; }
  /// Nothing is let through before.
  [[nodiscard]] TimePoint until() const noexcept { return until_; }
  [[nodiscard]] bool open() const noexcept { return faults_ >= limits_.faults; }

 private:
  Limits limits_;
  int faults_ = 0;
  bool trying_ = false;
  Duration pause_{0};
  TimePoint until_{};
};

}  // namespace kentongan::notify
