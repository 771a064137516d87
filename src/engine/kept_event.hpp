// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/reference.hpp"

namespace kentongan::engine {

/// A copy of an event that owns all of its texts, for what must speak of it later: a campaign entry that is to be
/// compared with others, an event that waits for another one. It can be saved and loaded.
class KeptEvent {
 public:
  explicit KeptEvent(const Event& event);
  KeptEvent(const KeptEvent&) = delete;
  KeptEvent& operator=(const KeptEvent&) = delete;
  /// Null for bytes that save() did not write, or when its places are no longer in the reference data.
  [[nodiscard]] static std::unique_ptr<KeptEvent> load(std::string_view bytes, PlaceId city,
                                                       const Reference& reference);

  /// Places and categories by name, so that it outlives another set of reference data.
  [[nodiscard]] static std::string save(Event event, const Reference& reference);
  [[nodiscard]] std::string save(const Reference& reference) const { return save(event_, reference); }
  [[nodiscard]] const Event& event() const noexcept { return event_; }
  [[nodiscard]] Event& event() noexcept { return event_; }

  /// Whoever writes into event() takes the text from here: it lives as long as this.
  [[nodiscard]] std::string_view own(std::string_view text) { return texts_.emplace_back(text); }
  void own_areas(std::vector<PlaceId> areas) { areas_ = std::move(areas); }
  void own_route(std::vector<GeoPoint> route) { route_ = std::move(route); }
  [[nodiscard]] const std::vector<PlaceId>& areas() const noexcept { return areas_; }
  [[nodiscard]] const std::vector<GeoPoint>& route() const noexcept { return route_; }

 private:
  KeptEvent() = default;

  std::deque<std::string> texts_;  ///< stable addresses
  std::vector<PlaceId> areas_;
  std::vector<GeoPoint> route_;
  Event event_;
};

}  // namespace kentongan::engine
