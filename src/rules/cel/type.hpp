// SPDX-License-Identifier: Apache-2.0
// Types as the checker knows them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/cel/value.hpp"

namespace kentongan::cel {

enum class TypeKind : std::uint8_t {
  dyn,        // known only at run time
  invalid,    // of a part that has been reported already; fits everywhere, silently
  parameter,  // in signatures: the same type wherever it stands
  null,
  boolean,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  timestamp,
  duration,
  type,
  list,
  map,
  optional,
};

[[nodiscard]] TypeKind type_kind(Kind kind);

class Type {
 public:
  Type() = default;                     // dyn
  Type(TypeKind kind) : kind_(kind) {}  // NOLINT: a kind alone is a type
  static Type list(Type element) { return {TypeKind::list, {std::move(element)}}; }
  static Type map(Type key, Type value) { return {TypeKind::map, {std::move(key), std::move(value)}}; }
  static Type optional(Type content) { return {TypeKind::optional, {std::move(content)}}; }
  static Type parameter(std::uint8_t index) {
    Type type(TypeKind::parameter);
    type.index_ = index;
    return type;
  }
  // Of a value at hand; the elements of lists and maps as far as they agree.
  static Type of(const Value& value);

  [[nodiscard]] TypeKind kind() const { return kind_; }
  [[nodiscard]] bool is(TypeKind kind) const { return kind_ == kind; }
  // dyn, or already reported: nothing can be said before run time.
  [[nodiscard]] bool is_open() const { return kind_ == TypeKind::dyn || kind_ == TypeKind::invalid; }
  [[nodiscard]] bool is_number() const {
    return kind_ == TypeKind::integer || kind_ == TypeKind::unsigned_integer || kind_ == TypeKind::real;
  }
  // Of a list or an optional, or the value of a map.
  [[nodiscard]] const Type& element() const { return parameters_.back(); }
  [[nodiscard]] const Type& key() const { return parameters_.front(); }
  [[nodiscard]] std::uint8_t index() const { return index_; }

  // As CEL writes it: int, list(string), map(string, dyn), timestamp, optional_type(int).
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Type&, const Type&) = default;

 private:
  Type(TypeKind kind, std::vector<Type> parameters) : kind_(kind), parameters_(std::move(parameters)) {}

  TypeKind kind_ = TypeKind::dyn;
  std::uint8_t index_ = 0;
  std::vector<Type> parameters_;
};

// The type of something that is of one or the other: itself when equal, else dyn.
[[nodiscard]] Type join(const Type& first, const Type& second);

// What the parameters of one signature stand for.
using TypeBindings = std::vector<Type>;

// Can an argument of this type stand where `expected` is wanted? Open types always can.
[[nodiscard]] bool accepts(const Type& expected, const Type& actual, TypeBindings& bindings);

// The signature's type with its parameters filled in; dyn for those never bound.
[[nodiscard]] Type substitute(const Type& type, const TypeBindings& bindings);

// Can a value at run time be of this type? Looks at the outermost kind only.
[[nodiscard]] bool admits(const Type& type, Kind kind);

}  // namespace kentongan::cel
