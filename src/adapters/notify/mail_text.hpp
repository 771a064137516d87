// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "domain/time.hpp"
#include "ports/notifier.hpp"

namespace kentongan::notify {

struct MailHead {
  std::string from;
  std::string to;
  std::string key;  ///< becomes the Message-ID: a receiver drops a second one
  TimePoint date;
};

/// A whole message (RFC 5322, MIME): text and the same as HTML, both in base64, so that no line of it is one of the
/// protocol's. Lines end in CR LF.
[[nodiscard]] std::string mail_text(const MailHead& head, const ports::Notice& notice, bool free_text);

/// Whether this is an address and nothing else: one @, no spaces, brackets, commas or control characters.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace kentongan::notify
