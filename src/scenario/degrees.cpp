// SPDX-License-Identifier: Apache-2.0
#include "scenario/degrees.hpp"

#include <cmath>
#include <cstdlib>

#include "codec/json_append.hpp"

namespace kentongan::scenario {

void append_degrees(std::string& out, double degrees) {
  const auto parts = std::llround(degrees * 100'000);
  if (parts < 0) out += '-';
  codec::append_integer(out, std::abs(parts) / 100'000);
  std::string rest = std::to_string(100'000 + std::abs(parts) % 100'000);
  rest[0] = '.';
  out += rest;
}

}  // namespace kentongan::scenario
