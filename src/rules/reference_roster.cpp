// SPDX-License-Identifier: Apache-2.0
// roster.yaml: the people who are told.
//
//     roster.yaml = {version: 1, people: [PERSON ..]}
//     PERSON      = {id: TEXT, name: TEXT, roles: [NAME ..], areas: [CODE ..],
//                    channels: [{type: CHANNEL, to: TEXT} ..], language: id | en,
//                    duty: [SHIFT ..], quiet_hours: {from: "HH:MM", to: "HH:MM"}, digest: "HH:MM",
//                    substitute: SUBSTITUTE | [SUBSTITUTE ..]}
//     SHIFT       = {days: [DAY ..], only: [KIND ..], except: [KIND ..], from: "HH:MM", to: "HH:MM"}
//     SUBSTITUTE  = {from: DATE, to: DATE, by: ID}
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rules/place_codes.hpp"
#include "rules/reader.hpp"
#include "rules/reference_parts.hpp"
#include "rules/roster_checks.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"
#include "rules/yaml_shape.hpp"

namespace kentongan::rules {
namespace {

const std::vector<std::string_view> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<std::string_view> kChannels(duty::kChannelTypes.begin(), duty::kChannelTypes.end());
const std::vector<std::string_view> kLanguages{"id", "en"};

duty::Written written_at(const Findings& findings, std::size_t offset) {
  const Position at = findings.source().position_at(offset);
  return {at.line, at.column};
}

std::optional<int> minute_of(std::string_view text) {
  const auto digits = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (!is_digit(text[at])) return std::nullopt;
  }
  const bool good = (digits(0) < 24 && digits(3) < 60) || text == "24:00";
  return good ? std::optional(digits(0) * 60 + digits(3)) : std::nullopt;
}

std::optional<int> read_minute(const Node& node, Findings& findings) {
  const auto minute = node.is_scalar() ? minute_of(node.text) : std::nullopt;
  if (!minute) {
    findings.error(node.offset, "bad-time", say("`{}` is not a time of day", shortened(node.text)),
                   "write hours and minutes, such as \"07:30\"");
  }
  return minute;
}

/// `from` and `to` of one map; over midnight where `to` is the earlier one.
std::optional<duty::Hours> read_hours(YamlMap& map, Findings& findings) {
  const Node* from_node = map.require("from");
  const Node* to_node = map.require("to");
  const auto from = from_node == nullptr ? std::nullopt : read_minute(*from_node, findings);
  const auto to = to_node == nullptr ? std::nullopt : read_minute(*to_node, findings);
  if (!from || !to) return std::nullopt;
  if (*from % duty::kMinutesOfDay == *to) {
    findings.error(to_node->offset, "bad-time", "the time ends where it begins",
                   "write \"00:00\" to \"24:00\" for a whole day");
    return std::nullopt;
  }
  return duty::Hours{*from % duty::kMinutesOfDay, *to};
}

void read_channel(const Node& node, duty::Person& person, Findings& findings) {
  YamlMap map(node, findings, "a channel", {"type", "to"});
  std::optional<std::string> address;
  if (const Node* to = map.require("to")) address = read_text(findings, *to, "the address of a channel");
  const Node* type = map.require("type");
  if (type == nullptr) return;
  const auto word = read_word(findings, *type, "the type of a channel", kChannels);
  if (word && address) person.channels.push_back({static_cast<duty::ChannelType>(*word), *std::move(address)});
}

std::vector<std::string> read_kinds(const Node* node, Findings& findings) {
  std::vector<std::string> kinds;
  if (node == nullptr) return kinds;
  for (auto& kind : texts_in(*node, findings, "a kind of day")) kinds.push_back(std::move(kind.text));
  return kinds;
}

void read_shift(const Node& node, ReadPerson& read, Findings& findings) {
  YamlMap map(node, findings, "a duty time", {"days", "only", "except", "from", "to"});
  duty::Shift shift;
  const auto hours = read_hours(map, findings);
  if (const Node* days = map.find("days")) {
    shift.days = 0;
    for (const auto& day : texts_in(*days, findings, "a day")) {
      const auto word = read_word(findings, *day.node, "a day", kDays);
      if (word) shift.days = static_cast<std::uint8_t>(shift.days | 1U << *word);
    }
  }
  shift.only = read_kinds(map.find("only"), findings);
  shift.except = read_kinds(map.find("except"), findings);
  if (!hours) return;
  shift.hours = *hours;
  read.person.duty.push_back(std::move(shift));
  read.shifts.push_back(node.offset);
}

std::optional<LocalDay> read_date(YamlMap& map, std::string_view key, Findings& findings) {
  const Node* node = map.require(key);
  if (node == nullptr) return std::nullopt;
  const auto day = node->is_scalar() ? parse_day(node->text) : std::nullopt;
  if (!day) {
    findings.error(node->offset, "bad-day", say("`{}` is not a day of the calendar", shortened(node->text)),
                   "write year-month-day, such as 2024-11-27");
  }
  return day;
}

void read_substitute(const Node& node, ReadPerson& read, Findings& findings) {
  YamlMap map(node, findings, "a substitute", {"from", "to", "by"});
  const auto from = read_date(map, "from", findings);
  const auto to = read_date(map, "to", findings);
  const Node* by = map.require("by");
  const auto who = by == nullptr ? std::nullopt : read_text(findings, *by, "the id of a person");
  if (!from || !to || !who) return;
  if (*to < *from) {
    findings.error(node.offset, "day-order",
                   say("the substitute ends on {}, before it begins on {}", format_day(*to), format_day(*from)),
                   "both days belong to it; for one day write that day twice");
    return;
  }
  read.person.substitutes.push_back({*from, *to, *who});
  read.substitutes.push_back(by->offset);
}

void read_id(const Node& id, std::set<std::string>& ids, duty::Person& person, Findings& findings) {
  const auto text = read_text(findings, id, "the id of a person");
  if (!text) return;
  person.id = *text;
  if (ids.insert(*text).second) return;
  findings.error(id.offset, "duplicate", say("the id `{}` stands here twice", shortened(*text)),
                 "give each person an id of its own");
}

void read_roles_of(const Node& node, duty::Person& person, Findings& findings) {
  for (const Node& element : node.is_list() ? std::span<const Node>(node.items) : std::span(&node, 1)) {
    read_roles(element, findings, person.roles);
    person.roles_written.resize(person.roles.size(), written_at(findings, element.offset));
  }
}

void read_when(const YamlMap& map, ReadPerson& read, Findings& findings) {
  duty::Person& person = read.person;
  if (const Node* duty = map.find("duty")) {
    for (const auto& time : list_in(*duty, findings, "`duty`")) read_shift(time, read, findings);
  }
  if (const Node* quiet = map.find("quiet_hours")) {
    YamlMap hours(*quiet, findings, "quiet hours", {"from", "to"});
    person.quiet_hours = read_hours(hours, findings);
  }
  if (const Node* digest = map.find("digest")) {
    person.digest = read_minute(*digest, findings);
    if (person.digest) *person.digest %= duty::kMinutesOfDay;
    read.digest = digest->offset;
  }
  if (const Node* substitute = map.find("substitute")) {
    const auto all = substitute->is_list() ? std::span<const Node>(substitute->items) : std::span(substitute, 1);
    for (const Node& one : all) read_substitute(one, read, findings);
  }
}

ReadPerson read_person(const Node& node, std::set<std::string>& ids, Reference& reference, Findings& findings) {
  YamlMap map(node, findings, "a person",
              {"id", "name", "roles", "areas", "channels", "duty", "quiet_hours", "digest", "substitute", "language"});
  ReadPerson read;
  read.offset = node.offset;
  duty::Person& person = read.person;
  person.written = written_at(findings, node.offset);
  if (const Node* id = map.require("id")) read_id(*id, ids, person, findings);
  if (const Node* name = map.find("name")) person.name = read_text(findings, *name, "a name").value_or("");
  if (const Node* roles = map.require("roles")) read_roles_of(*roles, person, findings);
  reference.roles.insert(reference.roles.end(), person.roles.begin(), person.roles.end());
  if (const Node* areas = map.find("areas")) {
    for (auto& area : texts_in(*areas, findings, "an area")) {
      if (read_place(findings, *area.node, reference)) person.areas.push_back(std::move(area.text));
    }
  }
  if (const Node* channels = map.find("channels")) {
    for (const auto& channel : list_in(*channels, findings, "`channels`")) read_channel(channel, person, findings);
  }
  if (const Node* language = map.find("language")) {
    const auto word = read_word(findings, *language, "a language", kLanguages);
    if (word) person.language = static_cast<duty::Language>(*word);
  }
  read_when(map, read, findings);
  return read;
}

}  // namespace

void read_roster(Reference& reference, duty::Roster& roster, Findings& findings) {
  const auto tree = read_tree(findings);
  if (!tree) return;
  const YamlMap map(*tree, findings, "roster.yaml", {"version", "people"});
  const Node* list = map.find("people");
  if (list == nullptr) return;
  roster.file = findings.source().name();
  roster.written = written_at(findings, list->offset);
  std::set<std::string> ids;
  std::vector<ReadPerson> people;
  for (const auto& node : list_in(*list, findings, "`people`")) {
    people.push_back(read_person(node, ids, reference, findings));
  }
  check_people(people, findings);
  for (ReadPerson& read : people) roster.people.push_back(std::move(read.person));
}

}  // namespace kentongan::rules
