// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/access.hpp"

#include "rules/cel/map_value.hpp"
#include "rules/cel/numbers.hpp"

namespace kentongan::cel {
namespace {

Value no_such_overload() { return Value::error(EvalErrorKind::no_such_overload); }

// What is there, as the element itself or as an optional of it.
Value present(const Value& element, bool optional, Arena& arena) {
  if (!optional) {
    return element;
  }
  auto* content = arena.allocate_array<Value>(1);
  if (content == nullptr) {
    return Value::error(EvalErrorKind::memory_limit);
  }
  *content = element;
  return Value::optional(content);
}

// As a whole number, whatever its type; false if it is none.
bool list_index(const Value& key, std::int64_t& index) {
  Value whole = key;
  if (key.is(Kind::real) && !whole_number(key.as_real(), whole)) {
    return false;
  }
  if (whole.is(Kind::unsigned_integer)) {
    index = whole.as_unsigned() <= INT64_MAX ? static_cast<std::int64_t>(whole.as_unsigned()) : INT64_MAX;
    return true;
  }
  index = whole.as_integer();
  return whole.is(Kind::integer);
}

Value list_element(const Value& list, const Value& key, bool optional, Arena& arena) {
  std::int64_t index = 0;
  if (!list_index(key, index)) {
    return no_such_overload();
  }
  const auto elements = list.as_list();
  if (index >= 0 && static_cast<std::uint64_t>(index) < elements.size()) {
    return present(elements[static_cast<std::size_t>(index)], optional, arena);
  }
  return optional ? Value::optional(nullptr) : Value::error(EvalErrorKind::index_out_of_range);
}

Value map_element(const Value& map, const Value& key, bool optional, Arena& arena) {
  if (!is_key(key) && !key.is(Kind::real)) {
    return no_such_overload();
  }
  if (const Value* found = map.as_map().find(key)) {
    return present(*found, optional, arena);
  }
  return optional ? Value::optional(nullptr) : Value::error(EvalErrorKind::missing_field);
}

}  // namespace

Value select_field(const Value& target, const std::string_view& field, bool optional, Arena& arena) {
  if (target.is(Kind::optional)) {
    const Value* content = target.as_optional();
    return content == nullptr ? target : select_field(*content, field, true, arena);
  }
  if (!target.is(Kind::map)) {
    return no_such_overload();
  }
  const Value* found = target.as_map().find(Value::string(field));
  if (found != nullptr) {
    return present(*found, optional, arena);
  }
  return optional ? Value::optional(nullptr) : Value::error(EvalErrorKind::missing_field, &field);
}

Value has_field(const Value& target, std::string_view field) {
  if (target.is(Kind::optional)) {
    const Value* content = target.as_optional();
    return content == nullptr ? Value::boolean(false) : has_field(*content, field);
  }
  return target.is(Kind::map) ? Value::boolean(target.as_map().find(Value::string(field)) != nullptr)
                              : no_such_overload();
}

Value element_at(const Value& target, const Value& key, bool optional, Arena& arena) {
  switch (target.kind()) {
    case Kind::optional: {
      const Value* content = target.as_optional();
      return content == nullptr ? target : element_at(*content, key, true, arena);
    }
    case Kind::list:
      return list_element(target, key, optional, arena);
    case Kind::map:
      return map_element(target, key, optional, arena);
    default:
      return no_such_overload();
  }
}

}  // namespace kentongan::cel
