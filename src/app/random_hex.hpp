// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <random>
#include <string>

namespace kentongan::app {

/// So many times 32 random bits from the system, as hex digits: a name that nobody else has.
[[nodiscard]] inline std::string random_hex(int words) {
  thread_local std::random_device source;
  std::string text;
  while (words-- > 0) text += fmt::format("{:08x}", source());
  return text;
}

}  // namespace kentongan::app
