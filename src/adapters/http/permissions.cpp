// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/permissions.hpp"

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "adapters/http/authority.hpp"
#include "codec/json_copy.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "codec/own_event.hpp"

namespace kentongan::http {
namespace {

using ports::Role;

constexpr int kDeepest = 64;
/// What people wrote in their own words, in the data of an alert.
constexpr std::array<std::string_view, 2> kFreeText{"recommendations", "note"};

Reply challenge(std::string_view detail, std::string_view error) {
  Reply reply = problem(401, detail);
  reply.challenge = "Bearer realm=\"kentongan\"";
  if (!error.empty()) reply.challenge += ", error=\"" + std::string(error) + '"';
  return reply;
}

/// The data of an alert as it is shown to those who do not read what people wrote.
std::string without_free_text(std::string_view data) {
  codec::JsonReader json;
  // Of our own writing, so it is an object that can be read; if not, nothing is shown.
  if (json.read(data, kDeepest) || json.nodes()[0].kind != codec::NodeKind::object) return "{}";
  std::string shown;
  codec::append_object_without(shown, json, kFreeText);
  return shown;
}

Reply forbidden(std::string_view detail) {
  Reply reply = problem(403, detail);
  reply.challenge = "Bearer realm=\"kentongan\", error=\"insufficient_scope\"";
  return reply;
}

}  // namespace

Need need_of(Route route) {
  switch (route) {  // no default: a new route has to say what it needs
    case Route::index:
    case Route::livez:
    case Route::readyz:
    case Route::none:
    case Route::answer:    // the link is the right
    case Route::callback:  // and so is the signature
      return Need::nothing;
    case Route::metrics:
      return Need::metrics;
    case Route::events:
      return Need::hand_in;
    case Route::alert_actions:
      return Need::act;
    case Route::alerts:
    case Route::alert:
    case Route::stream:
      return Need::read_alerts;
    case Route::risk:
    case Route::area:
    case Route::geo_areas:
      return Need::read_risk;
    case Route::rules:
      return Need::read_rules;
    case Route::rules_check:
      return Need::check_rules;
  }
  return Need::act;
}

bool may(Role role, Need need) {
  if (role == Role::admin) return true;
  switch (need) {
    case Need::nothing:
      return true;
    case Need::hand_in:
      return role == Role::reporter || role == Role::officer;
    case Need::act:
      return role == Role::officer;
    case Need::check_rules:
      return role == Role::author;
    case Need::metrics:
    case Need::read_alerts:
    case Need::read_risk:
    case Need::read_rules:
      return role != Role::reporter;
  }
  return false;
}

bool needs_token(Route route, std::string_view from) {
  const Need need = need_of(route);
  return need != Need::nothing && (need != Need::metrics || !is_loopback(from));
}

Reply reply_to(const ports::Admission& admission) {
  using Verdict = ports::Admission::Verdict;
  switch (admission.verdict) {
    case Verdict::missing:
      return challenge("A token is needed: send `Authorization: Bearer TOKEN`; `kentongan token create` makes one.",
                       "");
    case Verdict::slow_down:
      return try_later(429, "Too many requests with this token, or too many wrong tokens from this address.",
                       admission.retry_after);
    case Verdict::busy:
      return try_later(503, "Too many tokens are being checked; send this again.", admission.retry_after);
    case Verdict::admitted:
    case Verdict::wrong:
      break;
  }
  return challenge("The token is unknown, expired or revoked.", "invalid_token");
}

std::optional<Reply> fault_of_role(const ports::Caller& caller, Route route) {
  if (!caller.role || may(*caller.role, need_of(route))) return std::nullopt;
  return forbidden("A token of the role " + std::string(word_of(*caller.role)) +
                   " may not do this; docs/reference/access.md says which may.");
}

std::optional<Reply> fault_of_place(const ports::Caller& caller, std::string_view code) {
  if (ports::covers(caller.areas, code)) return std::nullopt;
  std::string areas;
  for (const std::string& area : caller.areas) areas += (areas.empty() ? "" : ", ") + area;
  return forbidden("The token is valid for " + areas + " only.");
}

bool reads_free_text(const ports::Caller& caller) { return caller.may_everything() || caller.role == Role::officer; }

std::string area_of(const ports::StoredAlert& alert) {
  codec::JsonReader json;
  if (json.read(alert.data, kDeepest)) return {};
  return codec::JsonView(json, 0)["area"].text();
}

ports::StoredAlert for_caller(const ports::Caller& caller, ports::StoredAlert alert) {
  if (!reads_free_text(caller)) alert.data = without_free_text(alert.data);
  return alert;
}

ports::StreamedEvent for_caller(const ports::Caller& caller, ports::StreamedEvent event) {
  if (reads_free_text(caller) || event.topic != ports::OutputTopic::alerts) return event;
  const auto parts = codec::split_own_event(*event.value);
  std::string shown = "{}";  // of our own writing, so it can be read; if not, nothing is shown
  if (parts) shown = std::string(parts->attributes) + R"(,"data":)" + without_free_text(parts->data) + '}';
  event.value = std::make_shared<const std::string>(std::move(shown));
  return event;
}

}  // namespace kentongan::http
