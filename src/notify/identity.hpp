// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace kentongan::notify {

/// 32 hex digits made of these parts (SHA-256 of them with their sizes, cut to 128 bits): who tells the same thing
/// again calls it the same.
[[nodiscard]] std::string identity_of(std::initializer_list<std::string_view> parts);

/// Of the delivery of a notice by one channel.
[[nodiscard]] inline std::string delivery_key(std::string_view notice, std::string_view channel, std::string_view to) {
  return identity_of({"delivery", notice, channel, to});
}

}  // namespace kentongan::notify
