// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "period/page.hpp"

/// Charts as SVG inside HTML. Coordinates are whole numbers, so that the same figures give the same bytes.
namespace kentongan::period {

[[nodiscard]] std::string to_svg(const Bars& bars);
[[nodiscard]] std::string to_svg(const Heat& heat);

}  // namespace kentongan::period
