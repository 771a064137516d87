// SPDX-License-Identifier: Apache-2.0
#include "app/access/caller_limits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "codec/json_append.hpp"
#include "codec/json_copy.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "domain/words.hpp"

namespace kentongan::app {
namespace {

constexpr int kDeepest = 64;
constexpr std::array<std::string_view, 1> kActor{"actor"};

struct PlacesOf {
  std::vector<PlaceId> operator()(const Report& report) const { return {report.area}; }
  std::vector<PlaceId> operator()(const Campaign& campaign) const {
    return {campaign.areas.begin(), campaign.areas.end()};
  }
  std::vector<PlaceId> operator()(const Consignment& consignment) const { return {consignment.area}; }
  std::vector<PlaceId> operator()(const Readiness& readiness) const { return {readiness.area}; }
  std::vector<PlaceId> operator()(const Action&) const { return {}; }
};

std::string text_at(const std::string& body, std::string_view outer, std::string_view inner = {}) {
  codec::JsonReader json;
  if (json.read(body, kDeepest)) return {};
  const codec::JsonView view = codec::JsonView(json, 0)[outer];
  return inner.empty() ? view.text() : view[inner].text();
}

}  // namespace

std::optional<std::string> fault_of_type(const ports::Caller& caller, std::optional<EventType> type,
                                         std::size_t index) {
  if (type != EventType::action || (caller.may_everything() && caller.areas.empty())) return std::nullopt;
  return fmt::format(
      "Event {} of the body is an action: only a token of the role admin for all areas hands in those of others; yours "
      "go "
      "to /v1/alerts/ID/actions. Nothing of the body was taken.",
      index);
}

std::optional<std::string> fault_of_event(const ports::Caller& caller, const Event& event, const Reference& reference,
                                          std::size_t index) {
  if (auto fault = fault_of_type(caller, event.type(), index)) return fault;
  if (caller.areas.empty()) return std::nullopt;
  for (const PlaceId place : std::visit(PlacesOf{}, event.data)) {
    const std::string& code = reference.place(place).code;
    if (ports::covers(caller.areas, code)) continue;
    return fmt::format(
        "Event {} of the body is about {}, and the token is valid for {} only. Nothing of the body was taken.", index,
        code, fmt::join(caller.areas, ", "));
  }
  return std::nullopt;
}

Result<std::string> with_actor(const ports::Caller& caller, const std::string& body) {
  if (!caller.actor) return body;
  codec::JsonReader json;
  if (json.read(body, kDeepest)) return body;
  const std::string named = codec::JsonView(json, 0)["actor"]["ref"].text();
  if (!named.empty() && caller.role == ports::Role::admin) return body;
  if (!named.empty() && named != caller.actor->ref) {
    return fail(Error::Kind::invalid,
                fmt::format("The token acts as {}, not as another; leave `actor` out.", caller.actor->ref));
  }
  std::string rest;
  codec::append_object_without(rest, json, kActor);
  std::string acted = R"({"actor":)";
  {
    codec::ObjectWriter actor(acted);
    actor.text("ref", caller.actor->ref);
    if (!caller.actor->duty.empty()) actor.text("role", caller.actor->duty);
  }
  acted += rest == "{}" ? "" : ",";
  return acted + rest.substr(1);
}

std::string what_of_action(const std::string& body) {
  const std::string word = text_at(body, "action");
  return from_word<ActionKind>(word) ? word : "action";
}

std::string actor_of_action(const std::string& body) {
  const std::string ref = text_at(body, "actor", "ref");
  const std::string duty = text_at(body, "actor", "role");
  return duty.empty() ? fmt::format("as {}", ref) : fmt::format("as {} ({})", ref, duty);
}

}  // namespace kentongan::app
