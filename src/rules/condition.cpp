// SPDX-License-Identifier: Apache-2.0
#include "rules/condition.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rules/predicate.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

/// The code of a literal, -1 where it has none, -2 where it can equal no value with a code.
constexpr int kNoCode = -1;
constexpr int kNeverEqual = -2;

int code_of(const Literal& literal, const FieldSpec& spec, const Reference& reference) {
  if (spec.type == FieldType::integer) {
    const auto* number = std::get_if<double>(&literal);
    if (number == nullptr || *number != std::floor(*number)) return kNeverEqual;
    return *number >= 0 && *number < kMaskBits ? static_cast<int>(*number) : kNoCode;
  }
  const auto* text = std::get_if<std::string>(&literal);
  if (text == nullptr) return kNeverEqual;
  if (spec.type == FieldType::category) {
    const auto category = reference.find_category(*text);
    if (!category) return kNeverEqual;
    return category->value() < kMaskBits ? static_cast<int>(category->value()) : kNoCode;
  }
  const auto word = std::find(spec.words.begin(), spec.words.end(), *text);
  return word == spec.words.end() ? kNeverEqual : static_cast<int>(word - spec.words.begin());
}

bool equals(const std::string& text, TimePoint time, const FieldSpec& spec, const LocalZone& zone) {
  if (spec.type == FieldType::day) {
    const auto day = parse_day(text);
    return day && zone.moment(*day) == time;
  }
  return parse_rfc3339(text) == time;
}

bool equals(const Literal& literal, const FieldValue& value, const FieldSpec& spec, const Event& event,
            const Reference& reference) {
  switch (value.kind) {
    case FieldValue::Kind::missing:
      return false;
    case FieldValue::Kind::boolean: {
      const auto* truth = std::get_if<bool>(&literal);
      return truth != nullptr && *truth == value.boolean;
    }
    case FieldValue::Kind::integer: {
      const auto* number = std::get_if<double>(&literal);
      return number != nullptr && *number == static_cast<double>(value.integer);
    }
    case FieldValue::Kind::number: {
      const auto* number = std::get_if<double>(&literal);
      return number != nullptr && *number == value.number;
    }
    case FieldValue::Kind::text: {
      const auto* text = std::get_if<std::string>(&literal);
      return text != nullptr && *text == value.text;
    }
    case FieldValue::Kind::time: {
      const auto* text = std::get_if<std::string>(&literal);
      return text != nullptr && equals(*text, value.time, spec, *reference.place(event.city).zone);
    }
    case FieldValue::Kind::texts: {
      const auto* text = std::get_if<std::string>(&literal);
      return text != nullptr && std::any_of(value.places.begin(), value.places.end(),
                                            [&](PlaceId id) { return reference.place(id).code == *text; });
    }
  }
  return false;
}

}  // namespace

void set_mask(FieldIn& line, const Reference& reference) {
  const FieldSpec& spec = spec_of(line.field);
  line.coded = false;
  line.mask = 0;
  if (spec.type != FieldType::word && spec.type != FieldType::category && spec.type != FieldType::integer) return;
  std::uint64_t mask = 0;
  for (const Literal& literal : line.values) {
    const int code = code_of(literal, spec, reference);
    if (code == kNoCode) return;
    if (code >= 0) mask |= std::uint64_t{1} << static_cast<unsigned>(code);
  }
  line.coded = true;
  line.mask = mask;
}

bool holds(const FieldIn& line, const Event& event, const Reference& reference) {
  if (!line.coded) return holds_by_values(line, event, reference);
  const int code = field_code(event, line.field);
  return code >= 0 && code < kMaskBits && ((line.mask >> static_cast<unsigned>(code)) & 1U) != 0;
}

bool holds_by_values(const FieldIn& line, const Event& event, const Reference& reference) {
  const FieldSpec& spec = spec_of(line.field);
  const FieldValue value = field_value(event, line.field, reference);
  return std::any_of(line.values.begin(), line.values.end(),
                     [&](const Literal& literal) { return equals(literal, value, spec, event, reference); });
}

said::Text why_not(const FieldIn& line, const Event& event, const Reference& reference) {
  if (holds_by_values(line, event, reference)) return {};
  const std::string_view path = spec_of(line.field).path;
  const FieldValue value = field_value(event, line.field, reference);
  std::vector<std::string> wanted;
  for (const Literal& literal : line.values) {
    std::visit([&](const auto& one) { wanted.push_back(fmt::format("{}", one)); }, literal);
  }
  said::Text is = value.missing() ? said::TextView("missing") : said::TextView("another");
  if (value.kind == FieldValue::Kind::text) is = said::as_is(value.text);
  if (value.kind == FieldValue::Kind::integer) is = said::say("{}", value.integer);
  if (value.kind == FieldValue::Kind::number) is = said::say("{}", value.number);
  if (value.kind == FieldValue::Kind::boolean) is = said::as_is(value.boolean ? "true" : "false");
  return said::say("`{}` is {}, not {}", path, is, said::any_of(said::each_as_is(wanted)));
}

bool holds(const Condition& condition, const Event& event, const Reference& reference) {
  if (event.type() != condition.on) return false;
  return std::all_of(condition.all.begin(), condition.all.end(), [&](const Predicate& predicate) {
    return std::visit([&](const auto& line) { return holds(line, event, reference); }, predicate);
  });
}

bool holds_by_values(const Condition& condition, const Event& event, const Reference& reference) {
  if (event.type() != condition.on) return false;
  return std::all_of(condition.all.begin(), condition.all.end(), [&](const Predicate& predicate) {
    return std::visit([&](const auto& line) { return holds_by_values(line, event, reference); }, predicate);
  });
}

}  // namespace kentongan::rules
