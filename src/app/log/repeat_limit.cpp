// SPDX-License-Identifier: Apache-2.0
#include "app/log/repeat_limit.hpp"

#include <iterator>

namespace kentongan::app {

bool RepeatLimit::admit(std::string_view subject, Time now) {
  auto found = windows_.find(subject);
  if (found == windows_.end()) {
    if (windows_.size() >= kSubjects) return true;
    found = windows_.try_emplace(std::string(subject), Window{now, 0}).first;
  }
  return ++found->second.lines <= lines_;
}

std::vector<LeftOut> RepeatLimit::over(Time now) {
  std::vector<LeftOut> told;
  for (auto at = windows_.begin(); at != windows_.end();) {
    const Window& window = at->second;
    const bool runs = now >= window.begin && now - window.begin < kWindow;
    if (runs) {
      ++at;
      continue;
    }
    if (window.lines > lines_) told.push_back({at->first, window.lines - lines_});
    at = windows_.erase(at);
  }
  return told;
}

std::vector<LeftOut> RepeatLimit::rest() {
  std::vector<LeftOut> told;
  for (const auto& [subject, window] : windows_) {
    if (window.lines > lines_) told.push_back({subject, window.lines - lines_});
  }
  windows_.clear();
  return told;
}

}  // namespace kentongan::app
