// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/demo/city_view.hpp"
#include "domain/error.hpp"

namespace kentongan::app::demo {

/// The duty officers of the demo: most answer after some minutes and settle the matter after some hours, some never
/// answer, and few say that it was nothing. The same seed and alerts give the same answers. Not thread-safe.
class Officers {
 public:
  explicit Officers(std::uint64_t seed) : seed_(seed) {}

  struct Answer {
    std::string alert, action, role;
  };
  /// What is to be answered by now, given the alerts that are firing.
  [[nodiscard]] std::vector<Answer> due(const std::vector<AlertView>& firing, TimePoint now);
  /// Posts them to the service at `listen`. An alert that has ended meanwhile is no error.
  [[nodiscard]] Result<void> post(const std::string& listen, const std::vector<Answer>& answers);
  [[nodiscard]] std::uint64_t answers() const noexcept { return posted_; }

 private:
  void plan(const AlertView& alert);

  std::uint64_t seed_;
  std::uint64_t posted_ = 0;
  std::set<std::string> seen_;
  std::multimap<TimePoint, Answer> planned_;
};

}  // namespace kentongan::app::demo
