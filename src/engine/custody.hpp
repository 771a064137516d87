// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "domain/event.hpp"
#include "engine/histories.hpp"

namespace kentongan::engine {

/// What an event said about a consignment, by itself.
struct CustodyStep {
  EventKey key;
  PlaceId area;
  std::optional<std::string> goods, from, to, tps;
  std::optional<std::int64_t> quantity, seals_expected, seals_intact;
  ConsignmentStep step = ConsignmentStep::packed;
  std::optional<TimePoint> due_at;
};

[[nodiscard]] CustodyStep custody_step(const Event& event, const Consignment& consignment);
/// A view of the step as an event of this city.
[[nodiscard]] Event event_of(const CustodyStep& step, std::string_view consignment, PlaceId city);

/// When a campaign entry was to begin, as one of its versions said.
struct CampaignStart {
  EventKey key;
  TimePoint starts_at;
};

}  // namespace kentongan::engine
