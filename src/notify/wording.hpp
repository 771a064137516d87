// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "ports/notifier.hpp"

namespace kentongan::notify {

/// A notice in words, in its person's language. Plain texts without control characters; what a channel takes for
/// markup is the channel's to escape.
struct Wording {
  struct Part {
    std::string label;  ///< "Lakukan"; empty: none
    std::string text;
    bool todo = false;  ///< what to do, by its rule
  };
  std::string title;  ///< one line: "SIAGA: Kauman, Klojen"
  std::vector<Part> parts;
  std::string reference;  ///< the alert's number, or those of several

  /// Title, parts and reference with a line or more each.
  [[nodiscard]] std::string as_text() const;
};

/// `free_text`: whether texts of reporters may be among the parts.
[[nodiscard]] Wording words_of(const ports::Notice& notice, bool free_text);

/// What the buttons, links and answers of channels say.
struct Phrases {
  std::string acknowledge, confirm, open_page, thanks, confirmed, unknown, closed, not_yours, try_again;
};
[[nodiscard]] const Phrases& phrases(ports::Tongue tongue);

}  // namespace kentongan::notify
