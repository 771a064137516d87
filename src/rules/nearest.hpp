// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/nearest.hpp"

namespace kentongan::rules {

using kentongan::did_you_mean;
using kentongan::edit_distance;
using kentongan::nearest;
using kentongan::one_of;

}  // namespace kentongan::rules
