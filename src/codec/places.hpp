// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "codec/fields_reader.hpp"
#include "domain/event.hpp"
#include "domain/reference.hpp"

namespace kentongan::codec {

/// "35.73.02.1004" -> "35.73": a code up to its second dot.
[[nodiscard]] std::string_view regency_of(std::string_view code);
/// "35.73-4f1c.." -> "35.73"; empty where there is no dash.
[[nodiscard]] std::string_view regency_of_alert(std::string_view alert);

/// The city with this code, if the reference data know it.
[[nodiscard]] std::optional<PlaceId> find_city(const Reference& reference, std::string_view code);

/// Which kinds of places a field may name.
struct AllowedPlaces {
  bool city = false;
  bool district = false;
  bool area = true;
  std::string_view words;  ///< for messages: "a kelurahan"
};

/// The place of a code; else `fault` is unknown_area at `pointer`.
[[nodiscard]] PlaceId look_up_place(const Reference& reference, std::string_view code, const AllowedPlaces& allowed,
                                    std::string_view pointer, std::optional<Fault>& fault);

/// Whether codes of two regencies stand in the list. What has no regency (no dot) is left to look_up_place.
[[nodiscard]] bool several_cities(std::span<const std::string_view> codes);

/// The city an event belongs to as far as its `data` can be read, by the code's regency alone: for dead letters.
/// Without a known type whichever of area, areas and alert there is.
[[nodiscard]] std::optional<PlaceId> guess_city(const Reference& reference, const JsonReader& json,
                                                std::uint32_t data_object, std::optional<EventType> type);

}  // namespace kentongan::codec
