// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "domain/fields.hpp"

namespace kentongan::rules {

/// Names in messages that are not fields of the event.
enum class AlertName : std::uint8_t {
  area_name,
  area_code,
  area_level,
  area_risk,
  district_name,
  district_code,
  city_code,
  count,
  distinct,
  now,
  stage_name,
  stage_day,
  stage_days_left,
  site_kind,
  site_name,
  level
};

struct MessagePart {
  /// Literal text, a field of the event, or a name of the alert.
  std::variant<std::string, FieldId, AlertName> part;
};

/// A message with `{{ name }}` placeholders, parsed once. What is put in is never rendered again.
struct Message {
  std::vector<MessagePart> parts;
  [[nodiscard]] bool empty() const noexcept { return parts.empty(); }
};

/// Where a rendered message takes its values from. A missing value renders as `?`.
class Facts {
 public:
  virtual ~Facts() = default;
  [[nodiscard]] virtual FieldValue value(FieldId field) const = 0;
  [[nodiscard]] virtual FieldValue value(AlertName name) const = 0;
  /// For times, "10 Nov 2024 08:00" in the city's zone.
  [[nodiscard]] virtual const LocalZone& zone() const = 0;
  [[nodiscard]] virtual const Reference& reference() const = 0;
};

/// Doubles in their shortest form (12.0 is `12`), times as `10 Nov 2024 08:00` local.
[[nodiscard]] std::string render(const Message& message, const Facts& facts);

}  // namespace kentongan::rules
