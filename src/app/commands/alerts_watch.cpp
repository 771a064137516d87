// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "app/alerts/view.hpp"
#include "app/alerts/watch.hpp"
#include "app/commands/alerts_command.hpp"
#include "app/commands/alerts_parts.hpp"
#include "app/commands/terminal.hpp"
#include "app/demo/screen.hpp"
#include "app/emit.hpp"

namespace kentongan::app {
namespace {

using alerts::RemoteAlert;

constexpr auto kShortestPause = std::chrono::seconds(1);

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

/// Draws over what was there; the rest of the screen is emptied.
void draw(const alerts::Follower::Look& look, const std::string& trouble, const alerts::ViewStyle& plain) {
  alerts::ViewStyle style = plain;
  const auto size = demo::Screen::size();
  style.width = size.width;
  std::vector<std::string> lines = alerts::table_of(look.open, wall_now(), style);
  const std::size_t most = size.height - 2;
  const std::size_t hidden = lines.size() > most ? lines.size() - most : 0;
  lines.resize(lines.size() - hidden);
  std::string out = "\033[H";
  out += fmt::format("{} open{}{}\033[K\n", look.open.size(), hidden > 0 ? fmt::format(", {} not shown", hidden) : "",
                     trouble.empty() ? "" : "; " + trouble.substr(0, size.width));
  for (const std::string& line : lines) out += line + "\033[K\n";
  fmt::print("{}\033[J", out);
  std::fflush(stdout);
}

}  // namespace

int alerts_watch(const AlertsArguments& arguments) {
  constexpr std::string_view kCommand = "alerts watch";
  const auto every = parse_duration(arguments.every);
  if (!every || *every < kShortestPause) {
    return complain(kCommand, {Error::Kind::usage, "--every takes a duration such as 2s, at least 1s"});
  }
  const auto remote = remote_of(arguments);
  if (!remote) return complain(kCommand, remote.error());
  const alerts::ViewStyle style = style_of(arguments);
  const bool screen = demo::is_screen() && arguments.format == "text";
  alerts::Follower follower(*remote, arguments.filter);
  auto look = follower.look();
  if (!look) return complain(kCommand, look.error());
  if (screen) fmt::print("\033[2J");
  std::string trouble;
  LineWriter out(STDOUT_FILENO);
  for (bool first = true;; first = false) {
    const auto tell = [&](const RemoteAlert& alert, const alerts::StepTaken& step) {
      out.write(arguments.format == "json" ? alert.json : alerts::line_of(alert, step, style));
    };
    if (screen) {
      draw(*look, trouble, style);
    } else {
      for (auto at = look->open.rbegin(); first && at != look->open.rend(); ++at) {
        if (!at->steps.empty()) tell(*at, at->steps.back());
      }
      for (const auto& [alert, step] : look->since_then) tell(alert, step);
      if (!out.flush()) return complain(kCommand, {Error::Kind::failed, "cannot write to standard output"});
    }
    std::this_thread::sleep_for(*every);
    auto next = follower.look();
    if (next) {
      look = std::move(next);
      trouble.clear();
      continue;
    }
    look->since_then.clear();
    if (next.error().message != trouble && !screen) (void)complain(kCommand, next.error());
    trouble = next.error().message;
  }
}

}  // namespace kentongan::app
