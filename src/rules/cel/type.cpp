// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/type.hpp"

#include <fmt/format.h>

#include "rules/cel/map_value.hpp"

namespace kentongan::cel {
namespace {

Type join_all(std::span<const Value> values) {
  if (values.empty()) {
    return {};
  }
  Type joined = Type::of(values.front());
  for (const Value& value : values.subspan(1)) {
    joined = join(joined, Type::of(value));
  }
  return joined;
}

Type& binding(TypeBindings& bindings, std::uint8_t index) {
  if (bindings.size() <= index) {
    bindings.resize(index + 1U);
  }
  return bindings[index];
}

}  // namespace

TypeKind type_kind(Kind kind) {
  switch (kind) {
    case Kind::null:
      return TypeKind::null;
    case Kind::boolean:
      return TypeKind::boolean;
    case Kind::integer:
      return TypeKind::integer;
    case Kind::unsigned_integer:
      return TypeKind::unsigned_integer;
    case Kind::real:
      return TypeKind::real;
    case Kind::string:
      return TypeKind::string;
    case Kind::bytes:
      return TypeKind::bytes;
    case Kind::timestamp:
      return TypeKind::timestamp;
    case Kind::duration:
      return TypeKind::duration;
    case Kind::type:
      return TypeKind::type;
    case Kind::list:
      return TypeKind::list;
    case Kind::map:
      return TypeKind::map;
    case Kind::optional:
      return TypeKind::optional;
    case Kind::error:
    case Kind::missing:
      return TypeKind::dyn;
  }
  return TypeKind::dyn;
}

Type Type::of(const Value& value) {
  switch (value.kind()) {
    case Kind::list:
      return list(join_all(value.as_list()));
    case Kind::map:
      return map(join_all(value.as_map().keys()), join_all(value.as_map().values()));
    case Kind::optional:
      return optional(value.as_optional() == nullptr ? Type() : of(*value.as_optional()));
    default:
      return type_kind(value.kind());
  }
}

std::string Type::text() const {
  switch (kind_) {
    case TypeKind::dyn:
    case TypeKind::invalid:
    case TypeKind::parameter:
      return "dyn";
    case TypeKind::null:
      return "null";
    case TypeKind::boolean:
      return "bool";
    case TypeKind::integer:
      return "int";
    case TypeKind::unsigned_integer:
      return "uint";
    case TypeKind::real:
      return "double";
    case TypeKind::string:
      return "string";
    case TypeKind::bytes:
      return "bytes";
    case TypeKind::timestamp:
      return "timestamp";
    case TypeKind::duration:
      return "duration";
    case TypeKind::type:
      return "type";
    case TypeKind::list:
      return fmt::format("list({})", element().text());
    case TypeKind::map:
      return fmt::format("map({}, {})", key().text(), element().text());
    case TypeKind::optional:
      return fmt::format("optional_type({})", element().text());
  }
  return {};
}

Type join(const Type& first, const Type& second) {
  if (first.is(TypeKind::invalid) || first == second) {
    return second;
  }
  return second.is(TypeKind::invalid) ? first : Type();
}

bool accepts(const Type& expected, const Type& actual, TypeBindings& bindings) {
  if (actual.is_open() || expected.is_open()) {
    return true;
  }
  if (expected.is(TypeKind::parameter)) {
    Type& bound = binding(bindings, expected.index());
    if (bound.is_open()) {
      bound = actual;
      return true;
    }
    const Type wanted = bound;  // the recursion may move the bindings
    return accepts(wanted, actual, bindings);
  }
  if (expected.kind() != actual.kind()) {
    return false;
  }
  switch (expected.kind()) {
    case TypeKind::map:
      return accepts(expected.key(), actual.key(), bindings) && accepts(expected.element(), actual.element(), bindings);
    case TypeKind::list:
    case TypeKind::optional:
      return accepts(expected.element(), actual.element(), bindings);
    default:
      return true;
  }
}

Type substitute(const Type& type, const TypeBindings& bindings) {
  switch (type.kind()) {
    case TypeKind::parameter:
      return type.index() < bindings.size() ? bindings[type.index()] : Type();
    case TypeKind::list:
      return Type::list(substitute(type.element(), bindings));
    case TypeKind::optional:
      return Type::optional(substitute(type.element(), bindings));
    case TypeKind::map:
      return Type::map(substitute(type.key(), bindings), substitute(type.element(), bindings));
    default:
      return type;
  }
}

bool admits(const Type& type, Kind kind) {
  return type.is_open() || type.is(TypeKind::parameter) || type.kind() == type_kind(kind);
}

}  // namespace kentongan::cel
