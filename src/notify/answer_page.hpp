// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ports/answers.hpp"
#include "ports/notifier.hpp"

/// The page behind a link of a message: HTML without script, Indonesian and English, for a phone.
namespace kentongan::notify {

enum class PageKind : unsigned char {
  asks,       ///< whether to acknowledge or confirm; nothing has happened
  taken,      ///< it is acknowledged by what was just sent
  confirmed,  ///< it is confirmed by that
  answered,   ///< somebody has answered before: nothing is left to be done
  closed,     ///< the alert is over
  stale,      ///< the link has expired
  forged,     ///< it is none of ours
  unknown,    ///< the alert is forgotten, or never was
  not_yours,  ///< whose link it is, is no longer of the team
  no_links,   ///< there are none here
  again,      ///< it could not be done just now
};

struct AnswerPage {
  PageKind kind = PageKind::forged;
  ports::Notice notice = {};     ///< with one item; none: no alert is shown
  std::string until = {};        ///< of `asks`: when the link expires, in the words of a person
  bool may_acknowledge = false;  ///< of `asks`: which buttons there are
  bool may_confirm = false;
};

/// With the headers that keep it from being stored, framed and told of to others.
[[nodiscard]] ports::OutsideReply render(const AnswerPage& page);

}  // namespace kentongan::notify
