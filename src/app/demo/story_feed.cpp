// SPDX-License-Identifier: Apache-2.0
#include "app/demo/story_feed.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace kentongan::app::demo {
namespace {

/// The time of an event of the generator; a broken one may have none.
std::optional<TimePoint> time_of(std::string_view line) {
  constexpr std::string_view kKey = "\"time\":\"";
  const std::size_t at = line.find(kKey);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t end = line.find('"', at + kKey.size());
  if (end == std::string_view::npos) return std::nullopt;
  return parse_rfc3339(line.substr(at + kKey.size(), end - at - kKey.size()));
}

}  // namespace

StoryFeed::StoryFeed(const scenario::Setting& setting) : stream_(setting) {
  read_on();
  clock_ = next_;
}

void StoryFeed::read_on() {
  if (read_.empty() && !ended_) ended_ = !stream_.next(read_);
  (void)stream_.take_labels();
  const std::size_t end = read_.find('\n');
  if (end == std::string::npos) {
    waiting_.clear();
    return;
  }
  waiting_ = read_.substr(0, end + 1);
  read_.erase(0, end + 1);
  // One that comes late comes when the others of its moment do.
  if (const auto time = time_of(waiting_)) next_ = std::max(next_, *time);
}

std::string StoryFeed::take(TimePoint until, std::size_t most) {
  std::string lines;
  for (; most > 0 && !waiting_.empty() && next_ <= until; --most) {
    lines += waiting_;
    clock_ = next_;
    ++lines_;
    read_on();
  }
  return lines;
}

}  // namespace kentongan::app::demo
