// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "domain/reference.hpp"

namespace kentongan::codec {

/// Two cities: 35.73 with kecamatan 35.73.01 and 35.73.02 and three kelurahan, 35.07 with one of each.
/// The twenty built-in categories. Zone: +07:00.
[[nodiscard]] std::shared_ptr<const Reference> small_reference();

}  // namespace kentongan::codec
