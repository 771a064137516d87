// SPDX-License-Identifier: Apache-2.0
#include "small_reference.hpp"

#include <array>
#include <string_view>

namespace kentongan::codec {

namespace {

PlaceKind kind_of(std::string_view code) {
  if (code.size() == 5) return PlaceKind::city;
  return code.size() == 8 ? PlaceKind::district : PlaceKind::area;
}

}  // namespace

std::shared_ptr<const Reference> small_reference() {
  static constexpr std::array<std::string_view, 9> codes{"35.07",    "35.07.01",      "35.07.01.2001",
                                                         "35.73",    "35.73.01",      "35.73.01.1001",
                                                         "35.73.02", "35.73.02.1004", "35.73.02.1005"};
  const auto zone = std::make_shared<const LocalZone>(
      "Asia/Jakarta", std::vector<LocalZone::Transition>{{TimePoint{}, std::chrono::hours(7)}});
  auto reference = std::make_shared<Reference>();
  PlaceId city;
  PlaceId district;
  for (std::uint32_t i = 0; i < codes.size(); ++i) {
    Place place;
    place.kind = kind_of(codes[i]);
    place.code = codes[i];
    place.name = codes[i];
    if (place.kind == PlaceKind::city) city = PlaceId{i};
    if (place.kind == PlaceKind::district) district = PlaceId{i};
    place.city = city;
    place.parent = place.kind == PlaceKind::area ? district : city;
    place.zone = zone;
    reference->places.push_back(std::move(place));
    if (kind_of(codes[i]) == PlaceKind::city) reference->cities.push_back(PlaceId{i});
  }
  reference->categories = builtin_categories();
  reference->build_indexes();
  return reference;
}

}  // namespace kentongan::codec
