// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "domain/error.hpp"
#include "domain/time.hpp"

/// Links by which a person answers an alert without logging in: who holds one may answer this alert as this person
/// until it expires. Signed, so that nobody makes one up.
namespace kentongan::notify {

struct AnswerLink {
  std::string alert;
  std::string person;
  TimePoint expires;  ///< whole seconds
  friend bool operator==(const AnswerLink&, const AnswerLink&) = default;
};

enum class LinkFault : unsigned char {
  forged,  ///< not signed by one of the keys, or cut short
  stale,
};

/// Keys from a text: each at least 32 characters, with white space between. The first signs, all are good.
/// Error::usage, without the text.
[[nodiscard]] Result<std::vector<std::string>> read_link_keys(std::string_view text);

/// Letters, digits, `-`, `_` and one dot.
[[nodiscard]] std::string write_link(const std::vector<std::string>& keys, const AnswerLink& link);
[[nodiscard]] tl::expected<AnswerLink, LinkFault> read_link(const std::vector<std::string>& keys, std::string_view text,
                                                            TimePoint now);

}  // namespace kentongan::notify
