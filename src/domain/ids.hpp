// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "domain/strong.hpp"

namespace kentongan {

/// Index of a place (city, kecamatan or kelurahan) in Reference::places, sorted by code.
using PlaceId = Strong<struct PlaceIdTag, std::uint32_t>;
/// Index of a category in Reference::categories.
using CategoryId = Strong<struct CategoryIdTag, std::uint16_t>;
/// The `id` of a rule as written in its file, unique in a rule set.
using RuleId = Strong<struct RuleIdTag, std::string>;
/// Position of a rule in its RuleSet; rules are sorted by RuleId, so order of index = order of id.
using RuleIndex = Strong<struct RuleIndexTag, std::uint32_t>;
/// Identity of an alert: CITY-HASH, derived from rule, scope and start of its episode.
using AlertId = Strong<struct AlertIdTag, std::string>;
/// Place of a record in the journal; the first record has offset 1, none is 0.
using Offset = Strong<struct OffsetTag, std::int64_t>;

}  // namespace kentongan
