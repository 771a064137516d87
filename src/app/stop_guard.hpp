// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <future>
#include <string>
#include <thread>

namespace kentongan::app {

/// Ends the process with exit code 0 when it lives for too long: for a stop in which something may not answer, and
/// nothing is lost by not waiting for it.
class StopGuard {
 public:
  /// `text` goes into the log then.
  StopGuard(std::chrono::milliseconds longest, std::string text);
  ~StopGuard();
  StopGuard(const StopGuard&) = delete;
  StopGuard& operator=(const StopGuard&) = delete;

 private:
  std::promise<void> done_;
  std::thread thread_;
};

}  // namespace kentongan::app
