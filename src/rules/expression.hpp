// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "domain/fields.hpp"
#include "rules/cel/program.hpp"

namespace kentongan::rules {

/// Where an expression stands, which decides what names it knows; see docs/reference/rules.md.
enum class ExpressionUse : std::uint8_t {
  condition,  ///< `when` of a rule, a step, `after`, `expect`
  add,        ///< `add` of a score rule
  message,    ///< `{{ }}` in `message` and `recommend`
  pair,       ///< `when` of a clash: two campaign entries, a and b
};

/// An expression of a rule set, compiled. Rules that say the same share one.
struct Expression {
  cel::Program program;
  std::uint32_t number = 0;  ///< within its set, from 0: where Evaluator keeps its outcome for an event
  bool sees_risk = false;    ///< asks for area.risk or area.level, which an event can change
};
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Names beside the fields of events.
enum class Name : std::uint8_t {
  now,
  time,
  area_code,
  area_name,
  area_risk,
  area_level,
  area_lat,
  area_lon,
  district_code,
  district_name,
  city_code,
  stage_name,
  stage_day,
  stage_days_left,
  tps_known,
  count,
  distinct,
  level,
  scope_kind,
  scope_key,
  cause_category,
  cause_rule,
  cause_id,
  cause_en,
};

/// Whose field a slot means.
enum class SlotGroup : std::uint8_t { event, name, previous, first, a, b };
inline constexpr std::size_t kSlotGroups = 6;
/// Behind the fields of a group: the time of that event.
inline constexpr std::uint8_t kTimeOfEvent = 255;

[[nodiscard]] constexpr cel::SlotId slot_of(SlotGroup group, std::uint8_t number) {
  return {static_cast<std::uint32_t>(group) << 8U | number};
}
[[nodiscard]] constexpr cel::SlotId slot_of(FieldId field, SlotGroup group = SlotGroup::event) {
  return slot_of(group, static_cast<std::uint8_t>(field));
}
[[nodiscard]] constexpr cel::SlotId slot_of(Name name) {
  return slot_of(SlotGroup::name, static_cast<std::uint8_t>(name));
}
[[nodiscard]] constexpr SlotGroup group_of(cel::SlotId slot) { return static_cast<SlotGroup>(slot.value >> 8U); }
[[nodiscard]] constexpr std::uint8_t number_of(cel::SlotId slot) { return static_cast<std::uint8_t>(slot.value); }

}  // namespace kentongan::rules
