// SPDX-License-Identifier: Apache-2.0
#include "engine/scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "domain/fields.hpp"

namespace kentongan::engine {
namespace {

std::vector<PlaceId> places_of(const Event& event) {
  if (const auto* report = std::get_if<Report>(&event.data)) return {report->area};
  if (const auto* campaign = std::get_if<Campaign>(&event.data)) {
    return {campaign->areas.begin(), campaign->areas.end()};
  }
  if (const auto* consignment = std::get_if<Consignment>(&event.data)) return {consignment->area};
  if (const auto* readiness = std::get_if<Readiness>(&event.data)) return {readiness->area};
  return {event.city};
}

std::optional<std::string_view> tps_of(const Event& event) {
  if (const auto* report = std::get_if<Report>(&event.data)) return report->tps;
  if (const auto* consignment = std::get_if<Consignment>(&event.data)) return consignment->tps;
  if (const auto* readiness = std::get_if<Readiness>(&event.data)) return readiness->tps;
  return std::nullopt;
}

void add_place(std::vector<ScopeRef>& scopes, PlaceId place, const Reference& reference) {
  scopes.push_back({scope_kind(reference.place(place).kind), place, {}});
}

void add_text(std::vector<ScopeRef>& scopes, ScopeKind kind, std::string text) {
  scopes.push_back({kind, std::nullopt, std::move(text)});
}

/// The texts of a field: none when it is missing, several of a list.
std::vector<std::string> texts_of(const Event& event, FieldId field, const Reference& reference) {
  const FieldValue value = field_value(event, field, reference);
  if (value.missing()) return {};
  if (value.kind != FieldValue::Kind::texts) return {value_text(value, *reference.place(event.city).zone)};
  std::vector<std::string> texts;
  for (const PlaceId place : value.places) texts.push_back(reference.place(place).code);
  return texts;
}

void add_fields(std::vector<ScopeRef>& scopes, const Event& event, const std::vector<FieldId>& fields,
                const Reference& reference) {
  std::vector<std::string> keys{""};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::vector<std::string> longer;
    for (const std::string& text : texts_of(event, fields[i], reference)) {
      for (const std::string& key : keys) longer.push_back(i == 0 ? text : key + '+' + text);
    }
    keys = std::move(longer);
  }
  for (std::string& key : keys) add_text(scopes, ScopeKind::fields, std::move(key));
}

void keep_each_once(std::vector<ScopeRef>& scopes, const Reference& reference) {
  if (scopes.size() < 2) return;
  const auto key = [&](const ScopeRef& scope) { return scope.key(reference); };
  std::sort(scopes.begin(), scopes.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  scopes.erase(
      std::unique(scopes.begin(), scopes.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
      scopes.end());
}

}  // namespace

ScopeKind scope_kind(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::city:
      return ScopeKind::city;
    case PlaceKind::district:
      return ScopeKind::district;
    case PlaceKind::area:
      return ScopeKind::area;
  }
  return ScopeKind::area;
}

void scopes_of(const Event& event, const rules::Per& per, const Reference& reference, std::vector<ScopeRef>& scopes) {
  scopes.clear();
  switch (per.kind) {
    case rules::PerKind::area:
      if (const Report* report = event.report()) {
        scopes.push_back({ScopeKind::area, report->area, {}});
        return;
      }
      if (event.type() == EventType::action) return;
      for (const PlaceId place : places_of(event)) add_place(scopes, place, reference);
      break;
    case rules::PerKind::district:
      if (event.type() == EventType::action) return;
      for (const PlaceId place : places_of(event)) {
        if (const auto district = reference.district_of(place)) add_place(scopes, *district, reference);
      }
      break;
    case rules::PerKind::city:
      add_place(scopes, event.city, reference);
      break;
    case rules::PerKind::consignment:
      if (const auto* consignment = std::get_if<Consignment>(&event.data)) {
        add_text(scopes, ScopeKind::consignment, std::string(consignment->consignment));
      }
      break;
    case rules::PerKind::polling_station:
      if (const auto tps = tps_of(event)) {
        const Place& place = reference.place(places_of(event).front());
        if (place.kind == PlaceKind::area) {
          add_text(scopes, ScopeKind::polling_station, fmt::format("{}/{}", place.code, *tps));
        }
      }
      break;
    case rules::PerKind::campaign:
      if (const auto* campaign = std::get_if<Campaign>(&event.data)) {
        add_text(scopes, ScopeKind::campaign, std::string(campaign->campaign));
      }
      break;
    case rules::PerKind::fields:
      add_fields(scopes, event, per.fields, reference);
      break;
  }
  keep_each_once(scopes, reference);
}

PlaceId common_place(PlaceId a, PlaceId b, const Reference& reference) {
  while (!reference.contains(a, b)) a = reference.place(a).parent;
  return a;
}

PlaceId place_of(const Event& event, const Reference& reference) {
  if (const Report* report = event.report()) return report->area;
  const auto places = places_of(event);
  PlaceId common = places.front();
  for (const PlaceId place : places) common = common_place(common, place, reference);
  return common;
}

std::string value_text(const FieldValue& value, const LocalZone& zone) {
  switch (value.kind) {
    case FieldValue::Kind::boolean:
      return value.boolean ? "true" : "false";
    case FieldValue::Kind::integer:
      return fmt::format("{}", value.integer);
    case FieldValue::Kind::number:
      return fmt::format("{}", value.number == 0 ? 0.0 : value.number);
    case FieldValue::Kind::text:
      return std::string(value.text);
    case FieldValue::Kind::time:
      return format_rfc3339(value.time, zone.offset_at(value.time));
    case FieldValue::Kind::missing:
    case FieldValue::Kind::texts:
      break;
  }
  return {};
}

}  // namespace kentongan::engine
