// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "codec/decoder.hpp"
#include "domain/fields.hpp"

/// All that a decoder says of some bytes in one text, so that two can be compared.
namespace kentongan::codec {

namespace detail {

inline void say(std::string& said, std::string_view text) {
  said.append(std::to_string(text.size())).append(":").append(text).append(" ");
}
inline void say(std::string& said, double number) {
  // Its bits: -0.0 is another number than 0.0.
  said.append(std::to_string(std::bit_cast<std::uint64_t>(number))).append(" ");
}
inline void say(std::string& said, TimePoint time) { say(said, std::to_string(time.time_since_epoch().count())); }

inline void say(std::string& said, const FieldValue& value) {
  said.append(std::to_string(static_cast<int>(value.kind))).append("=");
  switch (value.kind) {
    case FieldValue::Kind::missing:
      return;
    case FieldValue::Kind::boolean:
      return say(said, std::string_view(value.boolean ? "true" : "false"));
    case FieldValue::Kind::integer:
      return say(said, std::to_string(value.integer));
    case FieldValue::Kind::number:
      return say(said, value.number);
    case FieldValue::Kind::text:
      return say(said, value.text);
    case FieldValue::Kind::time:
      return say(said, value.time);
    case FieldValue::Kind::texts:
      for (const PlaceId place : value.places) say(said, std::to_string(place.value()));
      return;
  }
}

inline void say(std::string& said, const Event& event, const Reference& reference) {
  say(said, event.id);
  say(said, event.source);
  say(said, event.time);
  say(said, std::to_string(event.city.value()));
  for (const FieldSpec& field : all_fields()) {
    if (field.event == event.type()) say(said, field_value(event, field.id, reference));
  }
  if (const auto* campaign = std::get_if<Campaign>(&event.data)) {
    for (const GeoPoint& point : campaign->route) {
      say(said, point.lat);
      say(said, point.lon);
    }
  }
  if (const auto* action = std::get_if<Action>(&event.data)) {
    say(said, std::string_view(action->refute ? "refute" : "leave"));
  }
}

inline void say(std::string& said, const Rejection& rejection) {
  say(said, name_of(rejection.reason));
  say(said, rejection.pointer);
  say(said, rejection.message);
  if (rejection.type) say(said, word_of(*rejection.type));
  if (rejection.time) say(said, *rejection.time);
  if (rejection.city) say(said, std::to_string(rejection.city->value()));
}

}  // namespace detail

[[nodiscard]] inline std::string said_of(Decoder& decoder, std::string_view raw, const Reference& reference) {
  std::string said;
  const auto event = decoder.decode(raw);
  if (event) {
    detail::say(said, *event, reference);
  } else {
    detail::say(said, event.error());
  }
  if (const auto trace = decoder.trace()) said.append(trace->empty() ? "no trace" : "a trace");
  return said;
}

}  // namespace kentongan::codec
