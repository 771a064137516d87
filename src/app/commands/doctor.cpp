// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/doctor/checks.hpp"
#include "app/exit_codes.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

using doctor::Finding;
using doctor::Health;

std::string_view word_of(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::warn:
      return "warn";
    case Health::fail:
      return "fail";
  }
  return "";
}

std::string_view colour_of(Health health) {
  switch (health) {
    case Health::ok:
      return "\033[32m";
    case Health::warn:
      return "\033[33m";
    case Health::fail:
      return "\033[31m";
  }
  return "";
}

/// What has several lines (all that is wrong with a configuration) goes on below its first.
std::string indented(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "      ";
  }
  return out;
}

void print_text(const Finding& finding, bool colour) {
  fmt::print("{}{:<5}{} {:<14} {}", colour ? colour_of(finding.health) : "", word_of(finding.health),
             colour ? "\033[0m" : "", finding.check, indented(finding.message));
  if (!finding.advice.empty()) fmt::print(" -> {}", finding.advice);
  fmt::print("\n");
}

std::string to_json(const Finding& finding) {
  std::string json = "{\"check\":";
  codec::append_string(json, finding.check);
  json += fmt::format(",\"health\":\"{}\",\"message\":", word_of(finding.health));
  codec::append_string(json, finding.message);
  json += ",\"advice\":";
  codec::append_string(json, finding.advice);
  return json + '}';
}

}  // namespace

int doctor_command(const DoctorArguments& arguments) {
  const doctor::Findings findings = doctor::examine(arguments.config);
  const auto count = [&](Health health) {
    return std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.health == health; });
  };
  const auto [fine, warnings, failures] = std::tuple(count(Health::ok), count(Health::warn), count(Health::fail));
  if (arguments.format == "json") {
    std::string json = "{\"checks\":[";
    for (const Finding& finding : findings) json += (json.ends_with('[') ? "" : ",") + to_json(finding);
    fmt::print("{}],\"ok\":{},\"warn\":{},\"fail\":{}}}\n", json, fine, warnings, failures);
  } else {
    const bool colour = wants_colour(STDOUT_FILENO);
    for (const Finding& finding : findings) print_text(finding, colour);
    fmt::print("{} ok, {} warn, {} fail\n", fine, warnings, failures);
  }
  return failures == 0 ? kGood : kWrong;
}

}  // namespace kentongan::app
