// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "app/demo/child_service.hpp"
#include "app/demo/city_view.hpp"
#include "app/demo/frame.hpp"
#include "app/demo/officers.hpp"
#include "app/demo/screen.hpp"
#include "app/demo/story_feed.hpp"
#include "app/signals.hpp"

namespace kentongan::app::demo {

/// How a demo goes on.
struct PlayOptions {
  double speed = 3600;  ///< seconds of the story in one
  std::string speed_text;
  std::uint64_t seed = 1;
  bool once = false;  ///< ends with the story
  bool indonesian = false;
  bool colour = true, unicode = true;
};

/// Tells the story to a service and shows what becomes of it, on a screen or as lines. Not thread-safe; all that it is
/// given outlives it.
class Play {
 public:
  Play(ChildService& service, const scenario::Setting& setting, const SignalWait& signals, PlayOptions options);

  /// Until the story has ended (`once`), or a signal comes. Error::failed: the service does not answer any more.
  [[nodiscard]] Result<void> run();

  /// The city as it was seen last.
  [[nodiscard]] const CityView& city() const noexcept { return city_; }
  [[nodiscard]] const Telling& telling() const noexcept { return telling_; }
  [[nodiscard]] std::uint64_t answers() const noexcept { return officers_.answers(); }
  /// Looks once more, when all that was sent is read.
  [[nodiscard]] Result<void> look_at_last();

 private:
  [[nodiscard]] Result<void> go_on();
  [[nodiscard]] Result<void> send(const std::string& lines);
  [[nodiscard]] Result<void> show();
  [[nodiscard]] bool time_to_show() const;
  void say_new_alerts();

  ChildService& service_;
  const scenario::Setting& setting_;
  const SignalWait& signals_;
  PlayOptions options_;
  StoryFeed feed_;
  Officers officers_;
  CityView city_;
  Telling telling_;
  std::unique_ptr<Screen> screen_;
  std::chrono::steady_clock::time_point started_, shown_;
  TimePoint began_, reached_;
  std::uint64_t sent_when_shown_ = 0;
  std::set<std::string> told_;
  std::string told_day_;
  bool gone_ = false;  ///< the terminal is
  bool told_end_ = false;
};

}  // namespace kentongan::app::demo
