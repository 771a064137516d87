// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "adapters/http/reply.hpp"
#include "ports/api.hpp"

namespace kentongan::http {

/// A GeoJSON FeatureCollection (RFC 7946) with a point for each kelurahan. `id` is its code, `properties` have name,
/// score, level, and the level's number (0 aman to 3 awas), by which maps choose a colour.
[[nodiscard]] Reply geojson_reply(const Result<std::vector<ports::PlaceRisk>>& places);

}  // namespace kentongan::http
