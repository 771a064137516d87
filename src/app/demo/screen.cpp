// SPDX-License-Identifier: Apache-2.0
#include "app/demo/screen.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace kentongan::app::demo {
namespace {

bool write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

bool is_screen() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) != 0 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

Screen::Screen() : last_{0, 0} {
  termios now{};
  if (::tcgetattr(STDIN_FILENO, &now) == 0) {
    before_ = now;
    now.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &now);
  }
  (void)write_all("\033[?1049h\033[?25l\033[2J");
}

Screen::~Screen() {
  (void)write_all("\033[0m\033[?25h\033[?1049l");
  if (before_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &*before_);
}

Screen::Size Screen::size() {
  winsize window{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0 || window.ws_row == 0) return {};
  return {std::clamp<std::size_t>(window.ws_col, 40, 200), std::clamp<std::size_t>(window.ws_row, 16, 100)};
}

bool Screen::show(const std::vector<std::string>& lines) {
  const Size now = size();
  std::string out = now.width == last_.width && now.height == last_.height ? "\033[H" : "\033[2J\033[H";
  last_ = now;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += lines[i] + "\033[K";
    if (i + 1 < lines.size()) out += "\r\n";
  }
  return write_all(out + "\033[J");
}

}  // namespace kentongan::app::demo
