// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "domain/output.hpp"

namespace kentongan::codec {

/// Outputs of every kind, with as many and with as few of the optional members as there can be.
[[nodiscard]] std::vector<Output> sample_outputs(const Reference& reference);

}  // namespace kentongan::codec
