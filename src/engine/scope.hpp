// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "rules/rule.hpp"

namespace kentongan::engine {

/// A scope as the engine keeps it: of places by id, of all else by text.
struct ScopeRef {
  ScopeKind kind = ScopeKind::area;
  std::optional<PlaceId> place;  ///< of kind area, district and city
  std::string text;              ///< of the other kinds: the scope's key

  [[nodiscard]] std::string_view key(const Reference& reference) const {
    return place ? std::string_view(reference.place(*place).code) : std::string_view(text);
  }
};

[[nodiscard]] ScopeKind scope_kind(PlaceKind kind);

/// Clears `scopes` and fills it with the scopes in which the event takes part: none when it lacks the field,
/// several when it names several areas. In the order of the keys, each once.
void scopes_of(const Event& event, const rules::Per& per, const Reference& reference, std::vector<ScopeRef>& scopes);

/// The smallest place that contains the areas of the event.
[[nodiscard]] PlaceId place_of(const Event& event, const Reference& reference);
/// The smallest place that contains both.
[[nodiscard]] PlaceId common_place(PlaceId a, PlaceId b, const Reference& reference);

/// A field's value as text: numbers in their shortest form, times as RFC 3339 in the city's offset.
[[nodiscard]] std::string value_text(const FieldValue& value, const LocalZone& zone);

}  // namespace kentongan::engine
