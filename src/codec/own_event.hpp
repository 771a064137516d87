// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace kentongan::codec {

/// The two parts of an event as this codec writes it: without blanks, `data` last, and texts before it.
struct OwnEvent {
  std::string_view attributes;  ///< `{"specversion":"1.0",..`, not closed
  std::string_view data;        ///< the value of `data`
};
/// Views of `event`. None: the codec did not write it. Reads only as far as `data` begins.
[[nodiscard]] std::optional<OwnEvent> split_own_event(std::string_view event);

}  // namespace kentongan::codec
