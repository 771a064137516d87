// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/event.hpp"
#include "domain/level.hpp"
#include "domain/reference.hpp"
#include "engine/window.hpp"
#include "rules/message.hpp"

namespace kentongan::engine {

/// What a message may name when an alert fires: the event that made it fire (none: fields are missing),
/// the place it is about, and the size of the window.
class AlertFacts : public rules::Facts {
 public:
  AlertFacts(const Reference& reference, const Event* event, TimePoint now, PlaceId place)
      : reference_(reference), event_(event), now_(now), place_(place) {}

  [[nodiscard]] FieldValue value(FieldId field) const override;
  [[nodiscard]] FieldValue value(rules::AlertName name) const override;
  [[nodiscard]] const LocalZone& zone() const override { return *reference_.place(place_).zone; }
  [[nodiscard]] const Reference& reference() const override { return reference_; }

  Level level = Level::aman;
  double score = 0;
  WindowSize size;

 private:
  [[nodiscard]] FieldValue stage_value(rules::AlertName name) const;
  [[nodiscard]] FieldValue site_value(rules::AlertName name) const;

  const Reference& reference_;
  const Event* event_;
  TimePoint now_;
  PlaceId place_;
};

}  // namespace kentongan::engine
