// SPDX-License-Identifier: Apache-2.0
// What scores and levels stand on.
#include <algorithm>

#include "engine/insight.hpp"

namespace kentongan::engine {

RiskHeld Insight::risk_of(PlaceId place) const {
  const PlaceView view = city_.view(place, 5);
  RiskHeld held;
  held.place = place;
  held.score = view.score;
  held.level = view.level;
  held.contributions = view.contributions;
  if (view.score > 0) {
    while (held.reporters < RiskHeld::kMostReporters &&
           city_.ledger_.independent(place, view.score, held.reporters + 1, *city_.clock_)) {
      ++held.reporters;
    }
  }
  return held;
}

Holding Insight::of_place(RuleIndex rule, PlaceId place) const {
  const ScopeRef scope{scope_kind(city_.context_.reference().place(place).kind), place, {}};
  Holding holding = begin(rule, scope);
  RiskHeld held = risk_of(place);
  if (const auto id = city_.patterns_.find(rule, scope)) {
    held.entered = city_.patterns_.at(*id).entered;
    holding.enough = city_.patterns_.at(*id).holding;
  }
  holding.more = std::move(held);
  return holding;
}

/// What the rule adds for the event.
Holding Insight::of_score(RuleIndex rule, const Event& event, RecordId own) const {
  const PlaceId place = place_of(event, city_.context_.reference());
  Holding holding = begin(rule, {ScopeKind::area, place, {}});
  ScoreHeld held;
  if (own != kNoRecord) {
    const Record& record = city_.records_.at(own);
    held.rank = record.rank;
    held.voice = city_.context_.voice_weight(record.rank);
    for (const ScoreShare& share : record.scores) {
      if (share.rule == rule) held.base = share.base;
    }
  }
  holding.enough = held.base > 0;
  holding.more = held;
  return holding;
}

}  // namespace kentongan::engine
