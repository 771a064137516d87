// SPDX-License-Identifier: Apache-2.0
#include "rules/message.hpp"

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "domain/reference.hpp"

namespace kentongan::rules {

namespace {

constexpr std::string_view kUnknown = "?";

/// "10 Nov 2024 08:00", local.
std::string local_time(TimePoint time, const LocalZone& zone) {
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = time + zone.offset_at(time);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return fmt::format("{:02} {} {:04} {:02}:{:02}", static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), minutes / 60,
                     minutes % 60);
}

std::string joined(std::span<const PlaceId> places, const Reference& reference) {
  std::string text;
  for (const PlaceId id : places) {
    if (!text.empty()) text += ", ";
    text += reference.place(id).code;
  }
  return text;
}

std::string shown(const FieldValue& value, const Facts& facts) {
  switch (value.kind) {
    case FieldValue::Kind::missing:
      break;
    case FieldValue::Kind::boolean:
      return value.boolean ? "true" : "false";
    case FieldValue::Kind::integer:
      return fmt::format("{}", value.integer);
    case FieldValue::Kind::number:
      return fmt::format("{}", value.number);
    case FieldValue::Kind::text:
      return std::string(value.text);
    case FieldValue::Kind::time:
      return local_time(value.time, facts.zone());
    case FieldValue::Kind::texts:
      return joined(value.places, facts.reference());
  }
  return std::string(kUnknown);
}

struct Show {
  const Facts& facts;
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(FieldId field) const { return shown(facts.value(field), facts); }
  std::string operator()(AlertName name) const { return shown(facts.value(name), facts); }
};

}  // namespace

std::string render(const Message& message, const Facts& facts) {
  std::string text;
  for (const MessagePart& part : message.parts) text += std::visit(Show{facts}, part.part);
  return text;
}

}  // namespace kentongan::rules
