// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/http/reply.hpp"
#include "ports/answers.hpp"
#include "ports/api.hpp"

/// The answers of the port as replies. docs/openapi.yaml describes the bodies.
namespace kentongan::http {

/// 202 when any event was accepted, else 400; 429 and 503 with Retry-After.
[[nodiscard]] Reply intake_reply(const ports::IntakeAnswer& answer);
[[nodiscard]] Reply alerts_reply(const Result<ports::AlertPage>& page);
[[nodiscard]] Reply alert_reply(const Result<std::optional<ports::StoredAlert>>& alert);
[[nodiscard]] Reply risk_reply(const Result<std::vector<ports::PlaceRisk>>& places);
[[nodiscard]] Reply place_reply(const Result<std::optional<ports::PlaceRisk>>& place);
[[nodiscard]] Reply rules_reply(const ports::RulesView& rules);
[[nodiscard]] Reply rules_check_reply(const ports::RulesCheck& check);
[[nodiscard]] Reply readiness_reply(const ports::Readiness& readiness);
[[nodiscard]] Reply index_reply();
[[nodiscard]] Reply outside_reply(ports::OutsideReply said);

}  // namespace kentongan::http
