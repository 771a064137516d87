// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kentongan::app {

/// Lines of the log that were not written.
struct LeftOut {
  std::string subject;
  std::uint64_t lines = 0;
};

/// So many lines about one subject in a minute, and no more. Time comes in; memory is bounded: beyond
/// `kSubjects` at one time others are let through uncounted. Used by one thread.
class RepeatLimit {
 public:
  using Time = std::chrono::system_clock::time_point;
  static constexpr std::size_t kSubjects = 256;
  static constexpr auto kWindow = std::chrono::minutes(1);

  explicit RepeatLimit(std::uint64_t lines) : lines_(lines) {}

  /// Whether a line about this may be written now.
  [[nodiscard]] bool admit(std::string_view subject, Time now);
  /// What was left out in minutes that are over; each once. A clock that was set back ends them too.
  [[nodiscard]] std::vector<LeftOut> over(Time now);
  /// The same of the minutes that still run: the log ends.
  [[nodiscard]] std::vector<LeftOut> rest();

 private:
  struct Window {
    Time begin;
    std::uint64_t lines = 0;
  };
  std::uint64_t lines_;
  std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace kentongan::app
