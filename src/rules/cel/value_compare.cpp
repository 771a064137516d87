// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/value_compare.hpp"

#include "rules/cel/map_value.hpp"

namespace kentongan::cel {
namespace {

double as_double(const Value& number) {
  switch (number.kind()) {
    case Kind::integer:
      return static_cast<double>(number.as_integer());
    case Kind::unsigned_integer:
      return static_cast<double>(number.as_unsigned());
    default:
      return number.as_real();
  }
}

std::partial_ordering compare_signed_unsigned(std::int64_t left, std::uint64_t right) {
  if (left < 0) {
    return std::partial_ordering::less;
  }
  return static_cast<std::uint64_t>(left) <=> right;
}

bool equal_lists(const Value& left, const Value& right, Budget& budget) {
  const auto these = left.as_list();
  const auto those = right.as_list();
  if (these.size() != those.size()) {
    return false;
  }
  for (std::size_t i = 0; i < these.size(); ++i) {
    if (!budget.charge(1) || !equal(these[i], those[i], budget)) {
      return false;
    }
  }
  return true;
}

bool equal_maps(const MapValue& left, const MapValue& right, Budget& budget) {
  if (left.size() != right.size()) {
    return false;
  }
  for (std::uint32_t i = 0; i < left.size(); ++i) {
    const Value* other = right.find(left.keys()[i]);
    if (!budget.charge(1) || other == nullptr || !equal(left.values()[i], *other, budget)) {
      return false;
    }
  }
  return true;
}

bool equal_optionals(const Value* left, const Value* right, Budget& budget) {
  if (left == nullptr || right == nullptr) {
    return left == right;
  }
  return budget.charge(1) && equal(*left, *right, budget);
}

}  // namespace

std::partial_ordering compare_numbers(const Value& left, const Value& right) {
  if (left.kind() == right.kind()) {
    switch (left.kind()) {
      case Kind::integer:
        return left.as_integer() <=> right.as_integer();
      case Kind::unsigned_integer:
        return left.as_unsigned() <=> right.as_unsigned();
      default:
        return left.as_real() <=> right.as_real();
    }
  }
  if (left.is(Kind::real) || right.is(Kind::real)) {
    return as_double(left) <=> as_double(right);
  }
  return left.is(Kind::integer) ? compare_signed_unsigned(left.as_integer(), right.as_unsigned())
                                : 0 <=> compare_signed_unsigned(right.as_integer(), left.as_unsigned());
}

bool has_order(const Value& left, const Value& right) {
  if (left.is_number()) {
    return right.is_number();
  }
  if (left.kind() != right.kind()) {
    return false;
  }
  switch (left.kind()) {
    case Kind::boolean:
    case Kind::string:
    case Kind::bytes:
    case Kind::timestamp:
    case Kind::duration:
      return true;
    default:
      return false;
  }
}

std::partial_ordering compare(const Value& left, const Value& right) {
  switch (left.kind()) {
    case Kind::boolean:
      return left.as_boolean() <=> right.as_boolean();
    case Kind::string:
    case Kind::bytes:
      return left.as_text() <=> right.as_text();
    case Kind::timestamp:
      return left.as_timestamp() <=> right.as_timestamp();
    case Kind::duration:
      return left.as_duration() <=> right.as_duration();
    default:
      return compare_numbers(left, right);
  }
}

bool equal(const Value& left, const Value& right, Budget& budget) {
  if (left.is_number() && right.is_number()) {
    return compare_numbers(left, right) == 0;
  }
  if (left.kind() != right.kind()) {
    return false;
  }
  switch (left.kind()) {
    case Kind::null:
      return true;
    case Kind::type:
      return left.as_type() == right.as_type();
    case Kind::list:
      return equal_lists(left, right, budget);
    case Kind::map:
      return equal_maps(left.as_map(), right.as_map(), budget);
    case Kind::optional:
      return equal_optionals(left.as_optional(), right.as_optional(), budget);
    case Kind::string:
    case Kind::bytes:
      return left.as_text() == right.as_text();
    case Kind::error:
    case Kind::missing:
      return false;
    default:
      return compare(left, right) == 0;
  }
}

bool equal(const Value& left, const Value& right) {
  Budget budget(UINT64_MAX);
  return equal(left, right, budget);
}

}  // namespace kentongan::cel
