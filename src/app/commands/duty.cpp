// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/alert_lines.hpp"
#include "app/commands/alert_commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "codec/json_append.hpp"
#include "codec/writer.hpp"
#include "domain/nearest.hpp"
#include "domain/time_fault.hpp"
#include "duty/on_duty.hpp"

namespace kentongan::app {
namespace {

/// One line of the list.
struct Row {
  std::string role;
  const duty::Person* person = nullptr;
  const duty::Person* instead_of = nullptr;
  bool quiet = false;
};

Result<TimePoint> moment_of(const DutyArguments& arguments) {
  if (!arguments.at) return std::chrono::floor<Duration>(std::chrono::system_clock::now());
  if (const auto time = parse_rfc3339(*arguments.at)) return *time;
  const std::string_view fault = fault_of_time(*arguments.at);
  return fail(Error::Kind::usage, fmt::format("--at: \"{}\" {}; write 2024-11-10T18:00:00+07:00", *arguments.at,
                                              fault.empty() ? "is no time" : fault));
}

Result<std::vector<std::string>> roles_of(const DutyArguments& arguments, const Reference& reference) {
  if (!arguments.role) return reference.roles;
  if (std::ranges::find(reference.roles, *arguments.role) != reference.roles.end()) {
    return std::vector{*arguments.role};
  }
  const auto near = nearest(*arguments.role, {reference.roles.begin(), reference.roles.end()});
  return fail(Error::Kind::usage,
              fmt::format("--role: neither roster.yaml nor routing.yaml knows `{}`{}", *arguments.role,
                          near ? fmt::format("; did you mean `{}`?", *near) : std::string()));
}

/// The places for which it is looked: the one that is named, else every kelurahan.
Result<std::vector<std::string>> areas_of(const DutyArguments& arguments, const Reference& reference) {
  if (arguments.area) {
    if (reference.find_place(*arguments.area)) return std::vector{*arguments.area};
    return fail(Error::Kind::usage, fmt::format("--area: areas.csv has no place `{}`; write a code such as {}",
                                                *arguments.area, reference.places.back().code));
  }
  std::vector<std::string> codes;
  for (const Place& place : reference.places) {
    if (place.kind == PlaceKind::area) codes.push_back(place.code);
  }
  return codes;
}

std::vector<Row> rows_of(const duty::Roster& roster, const Reference& reference, const std::vector<std::string>& roles,
                         const std::vector<std::string>& areas, TimePoint time) {
  std::vector<Row> rows;
  for (const std::string& role : roles) {
    const std::size_t first = rows.size();
    for (const std::string& area : areas) {
      const auto minute = duty::local_moment(time, duty::zone_of(area, reference)).minute;
      for (const duty::OnDuty& one : duty::on_duty(roster, reference, role, area, time)) {
        const bool known =
            std::any_of(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(),
                        [&](const Row& row) { return row.person == one.person && row.instead_of == one.instead_of; });
        if (known) continue;
        const auto& quiet = one.person->quiet_hours;
        rows.push_back({role, one.person, one.instead_of, quiet && quiet->contains(minute)});
      }
    }
  }
  return rows;
}

std::string channels_of(const duty::Person& person) {
  std::string names;
  for (const duty::Channel& channel : person.channels) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name_of(channel.type));
  }
  return names.empty() ? "none" : names;
}

std::string text_of(const std::vector<Row>& rows) {
  if (rows.empty()) return "nobody is on duty\n";
  std::size_t role_width = 4;
  std::size_t person_width = 6;
  for (const Row& row : rows) {
    role_width = std::max(role_width, row.role.size());
    person_width = std::max(person_width, row.person->id.size());
  }
  std::string text = fmt::format("{:{}}  {:{}}  {}\n", "ROLE", role_width, "PERSON", person_width, "CHANNELS");
  for (const Row& row : rows) {
    text +=
        fmt::format("{:{}}  {:{}}  {}", row.role, role_width, row.person->id, person_width, channels_of(*row.person));
    if (row.instead_of != nullptr) text += fmt::format("  (for {})", row.instead_of->id);
    if (row.quiet) text += "  (quiet hours: awas only)";
    text += '\n';
  }
  return text;
}

std::string json_of(const std::vector<Row>& rows, TimePoint time, std::chrono::seconds offset) {
  std::string out;
  {
    codec::ObjectWriter object(out);
    object.text("at", format_rfc3339(time, offset));
    codec::append_list(object.key("on_duty"), rows, [](std::string& to, const Row& row) {
      codec::ObjectWriter one(to);
      one.text("role", row.role);
      one.text("person", row.person->id);
      if (!row.person->name.empty()) one.text("name", row.person->name);
      if (row.instead_of != nullptr) one.text("instead_of", row.instead_of->id);
      codec::append_list(one.key("areas"), row.person->areas, codec::append_string);
      codec::append_list(
          one.key("channels"), row.person->channels,
          [](std::string& list, const duty::Channel& channel) { codec::append_string(list, name_of(channel.type)); });
      one.text("language", name_of(row.person->language));
      one.boolean("quiet", row.quiet);
    });
  }
  return out + '\n';
}

}  // namespace

int duty_list(const DutyArguments& arguments) {
  const auto time = moment_of(arguments);
  if (!time) return complain("duty", time.error());
  const auto loaded = load_places(arguments.source);
  if (!loaded) return complain("duty", loaded.error());
  const Reference& reference = *loaded->reference;
  const auto roles = roles_of(arguments, reference);
  if (!roles) return complain("duty", roles.error());
  const auto areas = areas_of(arguments, reference);
  if (!areas) return complain("duty", areas.error());
  const auto rows = rows_of(*loaded->roster, reference, *roles, *areas, *time);
  const auto offset = duty::zone_of(areas->front(), reference).offset_at(*time);
  fmt::print("{}", arguments.format == "json" ? json_of(rows, *time, offset) : text_of(rows));
  return kGood;
}

}  // namespace kentongan::app
