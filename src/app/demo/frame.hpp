// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/city_view.hpp"
#include "domain/reference.hpp"
#include "domain/time.hpp"

namespace kentongan::app::demo {

/// How a frame is drawn.
struct FrameStyle {
  std::size_t width = 80, height = 24;
  bool colour = true;
  bool unicode = true;
  bool indonesian = false;
};

/// What is known of the demo itself.
struct Telling {
  std::uint64_t seed = 1;
  std::string speed;  ///< 3600x
  std::string url;
  TimePoint clock;
  std::uint64_t sent = 0, refused = 0, rate = 0;  ///< events; refused at the door; a second
  bool ended = false;                             ///< the story has been told
};

/// The lines of a screen: at most `height`, each at most `width` columns wide without its colours.
[[nodiscard]] std::vector<std::string> frame_of(const CityView& city, const Telling& telling,
                                                const Reference& reference, const FrameStyle& style);

/// One line about an alert, for output that is no terminal.
[[nodiscard]] std::string plain_line(const AlertView& alert, const Reference& reference, bool indonesian);
/// One line about the city as it is.
[[nodiscard]] std::string plain_state(const CityView& city, const Telling& telling, const Reference& reference,
                                      bool indonesian);

}  // namespace kentongan::app::demo
