// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_names.hpp"

#include <array>
#include <string>

#include "domain/fields.hpp"

namespace kentongan::rules {

namespace {

using cel::Type;
using cel::TypeKind;

Type type_of(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::word:
    case FieldType::code:
    case FieldType::category:
      return TypeKind::string;
    case FieldType::codes:
      return Type::list(TypeKind::string);
    case FieldType::integer:
      return TypeKind::integer;
    case FieldType::number:
      return TypeKind::real;
    case FieldType::boolean:
      return TypeKind::boolean;
    case FieldType::time:
    case FieldType::day:
      return TypeKind::timestamp;
  }
  return {};
}

struct NamedSlot {
  std::string_view path;
  Name name;
  TypeKind type;
};

constexpr std::array kNames{
    NamedSlot{"now", Name::now, TypeKind::timestamp},
    NamedSlot{"area.code", Name::area_code, TypeKind::string},
    NamedSlot{"area.name", Name::area_name, TypeKind::string},
    NamedSlot{"area.risk", Name::area_risk, TypeKind::real},
    NamedSlot{"area.level", Name::area_level, TypeKind::string},
    NamedSlot{"area.lat", Name::area_lat, TypeKind::real},
    NamedSlot{"area.lon", Name::area_lon, TypeKind::real},
    NamedSlot{"district.code", Name::district_code, TypeKind::string},
    NamedSlot{"district.name", Name::district_name, TypeKind::string},
    NamedSlot{"city.code", Name::city_code, TypeKind::string},
    NamedSlot{"stage.name", Name::stage_name, TypeKind::string},
    NamedSlot{"stage.day", Name::stage_day, TypeKind::integer},
    NamedSlot{"stage.days_left", Name::stage_days_left, TypeKind::integer},
};

constexpr std::array kAlertNames{
    NamedSlot{"count", Name::count, TypeKind::integer},
    NamedSlot{"distinct", Name::distinct, TypeKind::integer},
    NamedSlot{"level", Name::level, TypeKind::string},
    NamedSlot{"scope.kind", Name::scope_kind, TypeKind::string},
    NamedSlot{"scope.key", Name::scope_key, TypeKind::string},
    NamedSlot{"cause.category", Name::cause_category, TypeKind::string},
    NamedSlot{"cause.rule", Name::cause_rule, TypeKind::string},
    NamedSlot{"cause.id", Name::cause_id, TypeKind::string},
    NamedSlot{"cause.en", Name::cause_en, TypeKind::string},
};

void declare(cel::Environment& environment, const NamedSlot& one) {
  environment.declare(one.path, one.type, slot_of(one.name));
}

/// The fields of an event of this type, their paths with this before them.
void declare_fields(cel::Environment& environment, ExpressionUse use, EventType type, const std::string& prefix,
                    SlotGroup group) {
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event != type || is_withheld(spec.id, use)) continue;
    environment.declare(prefix + std::string(spec.path), type_of(spec.type), slot_of(spec.id, group));
  }
}

void declare_other_event(cel::Environment& environment, ExpressionUse use, EventType type, const std::string& name,
                         SlotGroup group) {
  declare_fields(environment, use, type, name + '.', group);
  environment.declare(name + ".time", TypeKind::timestamp, slot_of(group, kTimeOfEvent));
}

void declare_event(cel::Environment& environment, ExpressionUse use, EventType on) {
  const std::string event(word_of(on));
  declare_fields(environment, use, on, "", SlotGroup::event);
  declare_fields(environment, use, on, event + '.', SlotGroup::event);
  environment.declare("time", TypeKind::timestamp, slot_of(Name::time));
  environment.declare(event + ".time", TypeKind::timestamp, slot_of(Name::time));
  if (on == EventType::report || on == EventType::consignment || on == EventType::readiness) {
    environment.declare("tps_known", TypeKind::boolean, slot_of(Name::tps_known));
  }
  if (on == EventType::consignment) {
    declare_other_event(environment, use, on, "previous", SlotGroup::previous);
    declare_other_event(environment, use, on, "first", SlotGroup::first);
  }
}

}  // namespace

bool is_withheld(FieldId field, ExpressionUse use) {
  if (tells_reporter(field)) return true;
  if (field == FieldId::action_actor_ref) return use != ExpressionUse::message;
  if (field == FieldId::campaign_party) return use != ExpressionUse::message && use != ExpressionUse::pair;
  return false;
}

void declare_names(cel::Environment& environment, ExpressionUse use, EventType on) {
  add_functions(environment);
  for (const NamedSlot& one : kNames) declare(environment, one);
  if (use == ExpressionUse::pair) {
    declare_other_event(environment, use, on, "a", SlotGroup::a);
    declare_other_event(environment, use, on, "b", SlotGroup::b);
    return;
  }
  declare_event(environment, use, on);
  if (use != ExpressionUse::message) return;
  for (const NamedSlot& one : kAlertNames) declare(environment, one);
  // Of a clash; missing for all other rules.
  if (on != EventType::campaign) return;
  declare_other_event(environment, use, on, "a", SlotGroup::a);
  declare_other_event(environment, use, on, "b", SlotGroup::b);
}

std::string name_of_slot(cel::SlotId slot) {
  constexpr std::array<std::string_view, kSlotGroups> kPrefixes{"", "", "previous.", "first.", "a.", "b."};
  const SlotGroup group = group_of(slot);
  if (group != SlotGroup::name) {
    const std::string prefix(kPrefixes[static_cast<std::size_t>(group)]);
    if (number_of(slot) == kTimeOfEvent) return prefix + "time";
    return prefix + std::string(spec_of(static_cast<FieldId>(number_of(slot))).path);
  }
  const auto name = static_cast<Name>(number_of(slot));
  if (name == Name::time) return "time";
  if (name == Name::tps_known) return "tps_known";
  for (const NamedSlot& one : kNames) {
    if (one.name == name) return std::string(one.path);
  }
  for (const NamedSlot& one : kAlertNames) {
    if (one.name == name) return std::string(one.path);
  }
  return {};
}

}  // namespace kentongan::rules
