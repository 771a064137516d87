// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <termios.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kentongan::app::demo {

/// Whether standard output is a terminal that can be drawn on.
[[nodiscard]] bool is_screen();

/// Takes the terminal over: another screen without a cursor, and no echo. Gives it back as it was when it ends.
class Screen {
 public:
  Screen();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  struct Size {
    std::size_t width = 80, height = 24;
  };
  [[nodiscard]] static Size size();
  /// Draws over what was there, without a moment of nothing. False: the terminal is gone.
  [[nodiscard]] bool show(const std::vector<std::string>& lines);

 private:
  Size last_;
  std::optional<termios> before_;
};

}  // namespace kentongan::app::demo
