// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "codec/cut.hpp"
#include "codec/html.hpp"

/// Texts of strangers, made fit to be shown.
namespace kentongan::notify {

enum class Lines : unsigned char { keep, join };

/// Without control characters and without what turns the direction of writing; line breaks stay or become a space.
[[nodiscard]] std::string clean(std::string_view text, Lines lines);

using codec::cut;
using codec::escape_html;
using codec::length_of;
using codec::Unit;

}  // namespace kentongan::notify
