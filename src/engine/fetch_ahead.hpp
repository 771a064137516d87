// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace kentongan::engine {

/// Asks the processor for an object that will be needed soon and may lie far from it: what came an hour ago is in no
/// cache any more, and to wait for it costs more than to compare all of it.
template <class T>
void fetch_ahead(const T& object) {
  constexpr std::size_t kLine = 64;
  const auto* const bytes = reinterpret_cast<const char*>(&object);
  for (std::size_t at = 0; at < sizeof(T); at += kLine) __builtin_prefetch(bytes + at);
}

}  // namespace kentongan::engine
