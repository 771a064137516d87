// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "domain/output.hpp"

namespace kentongan::codec {

/// How a request body holds its events.
enum class BodyShape : unsigned char { single, batch, ndjson, by_shape };

/// Cuts a body into the raw bytes of its events, without judging them. A batch is a JSON array; its elements
/// are found by brackets and strings alone, so one bad element leaves its neighbours alone. Empty NDJSON lines
/// are skipped, CR before LF is dropped. `by_shape`: an array is a batch, an object one event, several lines
/// of objects NDJSON. The views point into `body`. An error when the array itself has no end or no commas.
[[nodiscard]] tl::expected<std::vector<std::string_view>, Rejection> split(std::string_view body, BodyShape shape);

}  // namespace kentongan::codec
