// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/reply.hpp"
#include "adapters/http/target.hpp"
#include "ports/access.hpp"
#include "ports/caller.hpp"
#include "ports/event_stream.hpp"
#include "ports/journal.hpp"

/// Who may do what over HTTP, in one place. docs/reference/access.md has the same table; a test compares them.
namespace kentongan::http {

/// What a route asks of a token.
enum class Need : unsigned char {
  nothing,      ///< served to anybody: probes, the list of routes
  metrics,      ///< without a token to this machine only
  hand_in,      ///< events
  act,          ///< on an alert
  read_alerts,  ///< alerts
  read_risk,    ///< scores and levels
  read_rules,
  check_rules
};
[[nodiscard]] Need need_of(Route route);
[[nodiscard]] bool may(ports::Role role, Need need);

/// None: the route is served without asking for a token.
[[nodiscard]] bool needs_token(Route route, std::string_view from);
/// Of an admission that is none: 401 with WWW-Authenticate, 429 or 503.
[[nodiscard]] Reply reply_to(const ports::Admission& admission);
/// 403 where the caller's role is not one for this route.
[[nodiscard]] std::optional<Reply> fault_of_role(const ports::Caller& caller, Route route);
/// 403 where the place is none of the caller's areas.
[[nodiscard]] std::optional<Reply> fault_of_place(const ports::Caller& caller, std::string_view code);

/// Whether the caller reads what people wrote in their own words: officers, admins, and anybody where no tokens are
/// asked for.
[[nodiscard]] bool reads_free_text(const ports::Caller& caller);
/// The area in an alert's data; empty: there is none.
[[nodiscard]] std::string area_of(const ports::StoredAlert& alert);
/// The alert as the caller may see it: without `recommendations`, where those are not for them.
[[nodiscard]] ports::StoredAlert for_caller(const ports::Caller& caller, ports::StoredAlert alert);
[[nodiscard]] ports::StreamedEvent for_caller(const ports::Caller& caller, ports::StreamedEvent event);

}  // namespace kentongan::http
