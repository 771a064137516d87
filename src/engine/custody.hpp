// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/event.hpp"
#include "engine/histories.hpp"

namespace kentongan::engine {

[[nodiscard]] inline EventKey key_of(const Event& event) {
  return {event.time, std::string(event.id), std::string(event.source)};
}

/// What an event said about a consignment.
struct CustodyStep {
  EventKey key;
  std::string event;  ///< as KeptEvent saves it
};

/// When a campaign entry was to begin, as one of its versions said.
struct CampaignStart {
  EventKey key;
  TimePoint starts_at;
};

}  // namespace kentongan::engine
