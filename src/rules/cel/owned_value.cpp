// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/owned_value.hpp"

#include "rules/cel/map_value.hpp"

namespace kentongan::cel {
namespace {

Value copy_text(Arena& arena, const Value& value) {
  const std::string_view copy = arena.copy(value.as_text());
  if (copy.data() == nullptr) {
    return Value::missing();
  }
  return value.is(Kind::string) ? Value::string(copy) : Value::bytes(copy);
}

Value copy_list(Arena& arena, std::span<const Value> elements) {
  auto* copies = arena.allocate_array<Value>(elements.size());
  if (copies == nullptr) {
    return Value::missing();
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    copies[i] = copy_into(arena, elements[i]);
    if (copies[i].is_missing()) {
      return Value::missing();
    }
  }
  return Value::list({copies, elements.size()});
}

Value copy_map(Arena& arena, const MapValue& map) {
  MapBuilder builder(arena);
  for (std::uint32_t i = 0; i < map.size(); ++i) {
    const Value key = copy_into(arena, map.keys()[i]);
    const Value value = copy_into(arena, map.values()[i]);
    if (key.is_missing() || value.is_missing() || builder.insert(key, value) != MapBuilder::Outcome::inserted) {
      return Value::missing();
    }
  }
  const MapValue* copy = builder.finish();
  return copy == nullptr ? Value::missing() : Value::map(*copy);
}

Value copy_optional(Arena& arena, const Value* content) {
  if (content == nullptr) {
    return Value::optional(nullptr);
  }
  auto* copy = arena.allocate_array<Value>(1);
  if (copy == nullptr) {
    return Value::missing();
  }
  *copy = copy_into(arena, *content);
  return copy->is_missing() ? Value::missing() : Value::optional(copy);
}

}  // namespace

Value copy_into(Arena& arena, const Value& value) {
  switch (value.kind()) {
    case Kind::string:
    case Kind::bytes:
      return copy_text(arena, value);
    case Kind::list:
      return copy_list(arena, value.as_list());
    case Kind::map:
      return copy_map(arena, value.as_map());
    case Kind::optional:
      return copy_optional(arena, value.as_optional());
    default:
      return value;
  }
}

}  // namespace kentongan::cel
