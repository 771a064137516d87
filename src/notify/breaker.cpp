// SPDX-License-Identifier: Apache-2.0
#include "notify/breaker.hpp"

#include <algorithm>

namespace kentongan::notify {

bool Breaker::lets(TimePoint now) {
  if (now < until_) return false;
  if (!open()) return true;
  if (trying_) return false;
  trying_ = true;
  return true;
}

void Breaker::worked() {
  faults_ = 0;
  trying_ = false;
  pause_ = Duration{0};
}

void Breaker::failed(TimePoint now) {
  trying_ = false;
  if (++faults_ < limits_.faults) return;
  faults_ = limits_.faults;
  pause_ = pause_.count() == 0 ? limits_.first_pause : std::min(limits_.longest_pause, pause_ * 2);
  pause(now + pause_);
}

}  // namespace kentongan::notify
