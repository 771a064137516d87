// SPDX-License-Identifier: Apache-2.0
#include "engine/custody.hpp"

namespace kentongan::engine {
namespace {

std::optional<std::string> owned(const std::optional<std::string_view>& text) {
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<std::string_view> viewed(const std::optional<std::string>& text) {
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

}  // namespace

CustodyStep custody_step(const Event& event, const Consignment& consignment) {
  CustodyStep step;
  step.key = {event.time, std::string(event.id), std::string(event.source)};
  step.area = consignment.area;
  step.goods = owned(consignment.goods);
  step.from = owned(consignment.from);
  step.to = owned(consignment.to);
  step.tps = owned(consignment.tps);
  step.quantity = consignment.quantity;
  step.seals_expected = consignment.seals_expected;
  step.seals_intact = consignment.seals_intact;
  step.step = consignment.step;
  step.due_at = consignment.due_at;
  return step;
}

Event event_of(const CustodyStep& step, std::string_view consignment, PlaceId city) {
  Consignment data;
  data.consignment = consignment;
  data.area = step.area;
  data.goods = viewed(step.goods);
  data.from = viewed(step.from);
  data.to = viewed(step.to);
  data.tps = viewed(step.tps);
  data.quantity = step.quantity;
  data.seals_expected = step.seals_expected;
  data.seals_intact = step.seals_intact;
  data.step = step.step;
  data.due_at = step.due_at;
  return {step.key.id, step.key.source, step.key.time, city, data};
}

}  // namespace kentongan::engine
