// SPDX-License-Identifier: Apache-2.0
#include "sample_outputs.hpp"

namespace kentongan::codec {

namespace {

TimePoint at(std::string_view text) { return *parse_rfc3339(text); }

AlertStep full_step() {
  AlertStep step;
  step.alert = AlertId{"35.73-0123456789abcdef"};
  step.rule = "repeated-intimidation";
  step.scope = {ScopeKind::area, "35.73.02.1004"};
  step.area = "35.73.02.1004";
  step.level = Level::awas;
  step.since = at("2024-11-10T06:00:00Z");
  step.proposed = true;
  step.shadow = true;
  step.to = {"lurah", "polsek"};
  step.text = {{"Pesan \"satu\"", "Message"}, {"Anjuran", "Advice"}, "UU 10/2016", {"patroli"}};
  step.count = 4;
  step.distinct = 3;
  step.events = {"r-1", "r-2"};
  step.reasons = {{"count_reached", "4 events within 24h"}};
  step.actor = "o-1";
  step.actor_role = "lurah";
  step.assignee = "o-2";
  step.until = at("2024-11-10T08:00:00.250Z");
  return step;
}

AlertStep bare_step() {
  AlertStep step;
  step.alert = AlertId{"35.73-0123456789abcdef"};
  step.rule = "r";
  step.scope = {ScopeKind::fields, "a+b"};
  step.area = "35.73";
  step.step = AlertStepKind::resolved;
  step.state = AlertState::resolved;
  step.level = Level::waspada;
  step.text.message.id = "Pesan";
  return step;
}

}  // namespace

std::vector<Output> sample_outputs(const Reference& reference) {
  const auto city = reference.find_place("35.73");
  const auto area = reference.find_place("35.73.02.1004");
  const TimePoint time = at("2024-11-10T06:00:00.5Z");
  RiskChange change{*area, 41.5, Level::siaga, Level::waspada, true, {{"r-1", "x", 12.0}, {"r-2", "y", 0.125}}};
  DeadLetter letter{{RejectReason::invalid_event, "/data/severity", "must be \t 1 to 5", {}, {}, {}}, "{\"a\":1}"};
  DeadLetter without_raw{{RejectReason::personal_data, "", "", {}, {}, {}}, ""};
  return {{"a-1", city, "35.73.02.1004", time, full_step()},
          {"a-2", city, "a+b", at("2024-11-10T06:00:00Z"), bare_step()},
          {"k-1", city, "35.73.02.1004", time, change},
          {"k-2", city, "35.73.02.1004", time, RiskChange{*area, 0, Level::aman, Level::waspada, false, {}}},
          {"k-3",
           city,
           "35.73.02.1004",
           time,
           change,
           {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=a:b,other=c"}},
          {"d-1", city, "", time, letter},
          {"d-2", std::nullopt, "", TimePoint{}, without_raw}};
}

}  // namespace kentongan::codec
