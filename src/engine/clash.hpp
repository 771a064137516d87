// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "domain/event.hpp"
#include "domain/reference.hpp"
#include "engine/campaign_index.hpp"
#include "rules/rule.hpp"

namespace kentongan::engine {

/// Whether two campaign entries of one city meet: near, and at one time or on one day. Both have a start and an end.
/// The same in either order.
[[nodiscard]] bool meet(const rules::ClashBlock& clash, const Campaign& a, const Campaign& b,
                        const Reference& reference);

/// The two halves of it: place, and time.
[[nodiscard]] bool near(const rules::ClashBlock& clash, const Campaign& a, const Campaign& b,
                        const Reference& reference);
[[nodiscard]] bool at_one_time(const rules::ClashBlock& clash, const Campaign& a, const Campaign& b,
                               const Reference& reference);

/// Entries of the index that may meet this one, itself among them; ascending, each once.
[[nodiscard]] std::vector<CampaignIndex::Id> may_meet(const rules::ClashBlock& clash, const Campaign& campaign,
                                                      const CampaignIndex& index, const Reference& reference);

/// The kelurahan that the entry's areas cover; ascending, each once.
[[nodiscard]] std::vector<PlaceId> kelurahan_of(const Campaign& campaign, const Reference& reference);

}  // namespace kentongan::engine
