// SPDX-License-Identifier: Apache-2.0
#include "rules/bounds.hpp"

#include <algorithm>
#include <cmath>

namespace kentongan::rules {

namespace {

std::optional<double> number_of(const cel::Value& value) {
  if (value.is(cel::Kind::integer)) return static_cast<double>(value.as_integer());
  if (value.is(cel::Kind::unsigned_integer)) return static_cast<double>(value.as_unsigned());
  if (value.is(cel::Kind::real)) return value.as_real();
  return std::nullopt;
}

Bounds both(const Bounds& a, const Bounds& b) {
  Bounds narrow = a.least > b.least || (a.least == b.least && a.open_below) ? a : b;
  const Bounds& above = a.most < b.most || (a.most == b.most && a.open_above) ? a : b;
  narrow.most = above.most;
  narrow.open_above = above.open_above;
  return narrow;
}

}  // namespace

bool Bounds::hold(double number) const {
  if (single) return std::find(single->begin(), single->end(), number) != single->end();
  const bool above = open_below ? number > least : number >= least;
  return above && (open_above ? number < most : number <= most);
}

std::optional<Bounds> bounds_of(const cel::Condition& comparison) {
  using Relation = cel::Condition::Relation;
  std::vector<double> numbers;
  for (const cel::Value& constant : comparison.constants) {
    const auto number = number_of(constant);
    if (!number || std::isnan(*number)) return std::nullopt;
    numbers.push_back(*number);
  }
  if (numbers.empty()) return std::nullopt;
  Bounds bounds;
  switch (comparison.relation) {
    case Relation::not_equal:
      return std::nullopt;
    case Relation::equal:
    case Relation::one_of:
      bounds.single = std::move(numbers);
      break;
    case Relation::less:
    case Relation::less_equal:
      bounds.most = numbers.front();
      bounds.open_above = comparison.relation == Relation::less;
      break;
    case Relation::greater:
    case Relation::greater_equal:
      bounds.least = numbers.front();
      bounds.open_below = comparison.relation == Relation::greater;
      break;
  }
  return bounds;
}

std::optional<Bounds> bounds_of(const FieldIn& line) {
  Bounds bounds;
  bounds.single.emplace();
  for (const Literal& literal : line.values) {
    const auto* number = std::get_if<double>(&literal);
    if (number == nullptr) return std::nullopt;
    bounds.single->push_back(*number);
  }
  return bounds.single->empty() ? std::nullopt : std::optional(bounds);
}

bool meet(const Bounds& a, const Bounds& b, bool whole) {
  const auto in = [&](const Bounds& other) {
    return [&](double number) { return other.hold(number) && (!whole || number == std::floor(number)); };
  };
  if (a.single) return std::any_of(a.single->begin(), a.single->end(), in(b));
  if (b.single) return std::any_of(b.single->begin(), b.single->end(), in(a));
  const Bounds left = both(a, b);
  if (!whole) return left.least < left.most || (left.least == left.most && !left.open_below && !left.open_above);
  const double first = left.open_below ? std::floor(left.least) + 1 : std::ceil(left.least);
  return left.open_above ? first < left.most : first <= left.most;
}

}  // namespace kentongan::rules
