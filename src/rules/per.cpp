// SPDX-License-Identifier: Apache-2.0
#include "rules/per.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "rules/indonesian_words.hpp"
#include "rules/match_block.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

constexpr std::array<std::string_view, 6> kScopes{"area",        "district",        "city",
                                                  "consignment", "polling_station", "campaign"};

/// Whether an event of this type can have what the scope is made of.
bool can_take_part(PerKind kind, EventType on) {
  switch (kind) {
    case PerKind::area:
    case PerKind::district:
      return on != EventType::action;
    case PerKind::consignment:
      return on == EventType::consignment;
    case PerKind::polling_station:
      return on == EventType::report || on == EventType::consignment || on == EventType::readiness;
    case PerKind::campaign:
      return on == EventType::campaign;
    case PerKind::city:
    case PerKind::fields:
      return true;
  }
  return true;
}

/// What would show a person or hold whatever somebody wrote; empty: nothing.
TextView why_not_in_key(FieldId field) {
  switch (field) {
    case FieldId::report_reporter_ref:
    case FieldId::report_reporter_household:
      return "use `reporter.role` or a scope such as area; a count tells persons apart without naming them: "
             "`distinct: reporter.ref`";
    case FieldId::action_actor_ref:
      return "use `actor.role` or a scope such as city; a count tells persons apart without naming them: "
             "`distinct: actor.ref`";
    case FieldId::action_assignee:
      return "use `actor.role` or a scope such as city";
    case FieldId::report_text:
    case FieldId::report_recommendation:
    case FieldId::action_note:
      return "it is free text: use a field with few values, or a scope such as area";
    default:
      return {};
  }
}

/// A scope's key is made of the values of its fields and stands in every alert. False: it would show a person.
bool check_person(Findings& findings, const Node& node, FieldId field) {
  const TextView instead = why_not_in_key(field);
  if (instead.empty()) return true;
  findings.error(node.offset, "person-in-key",
                 say("`per` cannot hold `{}`: it would stand in the key of the scope, which every alert shows",
                     spec_of(field).path),
                 instead);
  return false;
}

std::optional<Per> read_fields(Findings& findings, const Node& node, EventType on) {
  Per per{PerKind::fields, {}};
  if (node.items.empty()) {
    findings.error(node.offset, "out-of-range", "`per` names no field", "name at least one, or a scope such as area");
    return std::nullopt;
  }
  for (const Node& item : node.items) {
    const auto field = read_field(findings, item, "`per`", on);
    if (!field) continue;
    if (*field == FieldId::campaign_party) {
      findings.error(item.offset, "identity-term",
                     "a rule cannot watch parties: they appear only in clash rules, compared with each other",
                     "use a scope such as area");
      continue;
    }
    if (!check_person(findings, item, *field)) continue;
    per.fields.push_back(*field);
  }
  return per;
}

}  // namespace

std::span<const std::string_view> scope_names() { return kScopes; }

bool can_be_in_key(FieldId field) { return field != FieldId::campaign_party && why_not_in_key(field).empty(); }

std::optional<Per> read_per(Findings& findings, const Node& node, EventType on) {
  if (node.is_list()) return read_fields(findings, node, on);
  const auto field = node.is_scalar() ? find_field(on, node.text) : std::nullopt;
  if (field && !check_person(findings, node, *field)) return std::nullopt;
  const bool is_scope = std::find(kScopes.begin(), kScopes.end(), node.text) != kScopes.end();
  const bool scope_meant = node.is_scalar() && word_meant_by(node.text, {kScopes.begin(), kScopes.end()});
  if (field && !is_scope && !scope_meant && *field != FieldId::campaign_party) {
    findings.error(node.offset, "unknown-word", say("`per` cannot be `{}`", shortened(node.text)),
                   say("write field paths as a list: [{}]", node.text));
    return std::nullopt;
  }
  const auto index = read_word(findings, node, "`per`", {kScopes.begin(), kScopes.end()});
  if (!index) return std::nullopt;
  const Per per{static_cast<PerKind>(*index), {}};
  if (!can_take_part(per.kind, on)) {
    findings.warning(node.offset, "never-matches",
                     say("a {} belongs to no {}, so the rule never holds", word_of(on), kScopes[*index]),
                     "choose another `per`");
  }
  return per;
}

std::optional<PlaceKind> read_place_per(Findings& findings, const Node& node, TextView what) {
  const auto index = read_word(findings, node, what, {"area", "district", "city"});
  if (!index) return std::nullopt;
  constexpr std::array<PlaceKind, 3> kKinds{PlaceKind::area, PlaceKind::district, PlaceKind::city};
  return kKinds[*index];
}

}  // namespace kentongan::rules
