// SPDX-License-Identifier: Apache-2.0
#include "codec/places.hpp"

#include <fmt/format.h>

namespace kentongan::codec {

namespace {

bool allows(const AllowedPlaces& allowed, PlaceKind kind) {
  switch (kind) {
    case PlaceKind::city:
      return allowed.city;
    case PlaceKind::district:
      return allowed.district;
    case PlaceKind::area:
      return allowed.area;
  }
  return false;
}

std::optional<PlaceId> city_of_list(const Reference& reference, const JsonReader& json, const Node& list) {
  const auto nodes = json.nodes();
  const auto first = static_cast<std::uint32_t>(&list - nodes.data()) + 1;
  for (std::uint32_t i = first; i < list.next; i = nodes[i].next) {
    if (nodes[i].kind != NodeKind::text) continue;
    if (const auto city = find_city(reference, regency_of(json.text(nodes[i])))) return city;
  }
  return std::nullopt;
}

}  // namespace

std::string_view regency_of(std::string_view code) {
  const std::size_t first = code.find('.');
  if (first == std::string_view::npos) return {};
  return code.substr(0, code.find('.', first + 1));
}

std::string_view regency_of_alert(std::string_view alert) {
  const std::size_t dash = alert.find('-');
  return dash == std::string_view::npos ? std::string_view() : alert.substr(0, dash);
}

std::optional<PlaceId> find_city(const Reference& reference, std::string_view code) {
  const auto place = reference.find_place(code);
  if (!place || reference.place(*place).kind != PlaceKind::city) return std::nullopt;
  return place;
}

PlaceId look_up_place(const Reference& reference, std::string_view code, const AllowedPlaces& allowed,
                      std::string_view pointer, std::optional<Fault>& fault) {
  const auto place = reference.find_place(code);
  if (place && allows(allowed, reference.place(*place).kind)) return *place;
  if (!fault) {
    const std::string_view why = place ? "is not the code of" : "is not in the reference data: give the code of";
    fault = Fault{RejectReason::unknown_area, std::string(pointer),
                  fmt::format("{} {} {} {}", pointer, quoted(code), why, allowed.words)};
  }
  return PlaceId{};
}

bool several_cities(std::span<const std::string_view> codes) {
  std::string_view regency;
  for (const auto code : codes) {
    const std::string_view next = regency_of(code);
    if (next.empty()) continue;
    if (!regency.empty() && next != regency) return true;
    regency = next;
  }
  return false;
}

std::optional<PlaceId> guess_city(const Reference& reference, const JsonReader& json, std::uint32_t data_object,
                                  std::optional<EventType> type) {
  std::optional<Fault> ignored;
  const FieldsReader data(json, data_object, "/data", Key::unknown, ignored);
  std::optional<PlaceId> city;
  const auto may_be = [&](EventType wanted) { return !city && (!type || *type == wanted); };
  const Node* const area = data.find(Key::area);
  const bool by_area = !type || (*type != EventType::campaign && *type != EventType::action);
  if (by_area && area != nullptr) city = find_city(reference, regency_of(data.text_of(*area)));
  const Node* const areas = data.find(Key::areas);
  if (may_be(EventType::campaign) && areas != nullptr && areas->kind == NodeKind::array) {
    city = city_of_list(reference, json, *areas);
  }
  const Node* const alert = data.find(Key::alert);
  if (may_be(EventType::action) && alert != nullptr) {
    city = find_city(reference, regency_of_alert(data.text_of(*alert)));
  }
  return city;
}

}  // namespace kentongan::codec
