// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kentongan::scenario {

/// Five decimals: about a metre.
void append_degrees(std::string& out, double degrees);

}  // namespace kentongan::scenario
