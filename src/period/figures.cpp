// SPDX-License-Identifier: Apache-2.0
#include "period/figures.hpp"

#include <numeric>

namespace kentongan::period {

Count Incoming::read() const { return std::accumulate(verdicts.begin(), verdicts.end(), Count{0}); }

}  // namespace kentongan::period
