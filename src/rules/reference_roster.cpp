// SPDX-License-Identifier: Apache-2.0
// roster.yaml: the people who are told. Their roles make roles known to the checker; the rest is for
// those who deliver alerts and is checked for its shape, so that a slip shows before the night shift.
//
//     roster.yaml = {version: 1, people: [PERSON ..]}
//     PERSON      = {id: TEXT, name: TEXT, roles: [NAME ..], areas: [CODE ..],
//                    channels: [{type: CHANNEL, to: TEXT} ..],
//                    duty: [{days: [DAY ..], from: "HH:MM", to: "HH:MM"} ..],
//                    quiet_hours: {from: "HH:MM", to: "HH:MM"}}
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/place_codes.hpp"
#include "rules/reader.hpp"
#include "rules/reference_parts.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"
#include "rules/yaml_shape.hpp"

namespace kentongan::rules {
namespace {

const std::vector<std::string_view> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<std::string_view> kChannels{"webhook", "telegram", "email", "alertmanager"};

[[nodiscard]] bool is_time_of_day(std::string_view text) {
  const auto digits = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 5 || text[2] != ':') return false;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (!is_digit(text[at])) return false;
  }
  return (digits(0) < 24 && digits(3) < 60) || text == "24:00";
}

void check_hours(YamlMap& map, Findings& findings) {
  for (const std::string_view key : {"from", "to"}) {
    const Node* node = map.require(key);
    if (node == nullptr || (node->is_scalar() && is_time_of_day(node->text))) continue;
    findings.error(node->offset, "bad-time", say("`{}` is not a time of day", shortened(node->text)),
                   "write hours and minutes, such as \"07:30\"");
  }
}

void check_channel(const Node& node, Findings& findings) {
  YamlMap map(node, findings, "a channel", {"type", "to"});
  if (const Node* to = map.require("to")) static_cast<void>(read_text(findings, *to, "the address of a channel"));
  if (const Node* type = map.require("type")) {
    static_cast<void>(read_word(findings, *type, "the type of a channel", kChannels));
  }
}

void check_duty(const Node& node, Findings& findings) {
  YamlMap map(node, findings, "a duty time", {"days", "from", "to"});
  check_hours(map, findings);
  const Node* days = map.find("days");
  if (days == nullptr) return;
  for (const auto& day : texts_in(*days, findings, "a day")) {
    static_cast<void>(read_word(findings, *day.node, "a day", kDays));
  }
}

void check_areas(const Node& node, const Reference& reference, Findings& findings) {
  for (const auto& area : texts_in(node, findings, "an area")) {
    static_cast<void>(read_place(findings, *area.node, reference));
  }
}

void read_person(const Node& node, std::set<std::string>& ids, Reference& reference, Findings& findings) {
  YamlMap map(node, findings, "a person", {"id", "name", "roles", "areas", "channels", "duty", "quiet_hours"});
  if (const Node* id = map.require("id")) {
    const auto text = read_text(findings, *id, "the id of a person");
    if (text && !ids.insert(*text).second) {
      findings.error(id->offset, "duplicate", say("the id `{}` stands here twice", shortened(*text)),
                     "give each person an id of its own");
    }
  }
  if (const Node* name = map.find("name")) static_cast<void>(read_text(findings, *name, "a name"));
  if (const Node* roles = map.require("roles")) read_roles(*roles, findings, reference.roles);
  if (const Node* areas = map.find("areas")) check_areas(*areas, reference, findings);
  if (const Node* channels = map.find("channels")) {
    for (const auto& channel : list_in(*channels, findings, "`channels`")) check_channel(channel, findings);
  }
  if (const Node* duty = map.find("duty")) {
    for (const auto& time : list_in(*duty, findings, "`duty`")) check_duty(time, findings);
  }
  if (const Node* quiet = map.find("quiet_hours")) {
    YamlMap hours(*quiet, findings, "quiet hours", {"from", "to"});
    check_hours(hours, findings);
  }
}

}  // namespace

void read_roster(Reference& reference, Findings& findings) {
  const auto tree = read_tree(findings);
  if (!tree) return;
  const YamlMap map(*tree, findings, "roster.yaml", {"version", "people"});
  const Node* people = map.find("people");
  if (people == nullptr) return;
  std::set<std::string> ids;
  for (const auto& node : list_in(*people, findings, "`people`")) read_person(node, ids, reference, findings);
}

}  // namespace kentongan::rules
