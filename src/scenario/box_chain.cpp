// SPDX-License-Identifier: Apache-2.0
#include "scenario/box_chain.hpp"

namespace kentongan::scenario {

PlaceId place_of(const ChainStep& step, PlaceId area, const Reference& reference) {
  switch (step.where) {
    case ChainStep::Where::city:
      return reference.place(area).city;
    case ChainStep::Where::district:
      return reference.place(area).parent;
    case ChainStep::Where::area:
      return area;
  }
  return area;
}

Consignment chain_event(const ChainStep& step, PlaceId area, const Reference& reference, TimePoint time) {
  Consignment event;
  event.area = place_of(step, area, reference);
  event.goods = "ballot_boxes";
  event.step = step.step;
  const bool above = step.where == ChainStep::Where::city;
  event.from = reference.place(above ? reference.place(area).city : reference.place(area).parent).code;
  event.to = reference.place(above ? reference.place(area).parent : area).code;
  if (step.step == ConsignmentStep::returned) std::swap(event.from, event.to);
  if (step.step == ConsignmentStep::opened) event.tps = "001";
  if (step.due) event.due_at = time + std::chrono::hours(4);
  return event;
}

}  // namespace kentongan::scenario
