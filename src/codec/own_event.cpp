// SPDX-License-Identifier: Apache-2.0
#include "codec/own_event.hpp"

namespace kentongan::codec {

std::optional<OwnEvent> split_own_event(std::string_view event) {
  // In the texts before it a quote cannot stand by itself: only the member looks like this.
  constexpr std::string_view kData = R"(,"data":)";
  const std::size_t at = event.find(kData);
  if (at == std::string_view::npos || !event.ends_with('}')) return std::nullopt;
  const std::size_t begin = at + kData.size();
  return OwnEvent{event.substr(0, at), event.substr(begin, event.size() - begin - 1)};
}

}  // namespace kentongan::codec
