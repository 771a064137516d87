// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "app/access/token_option.hpp"
#include "app/alerts/view.hpp"
#include "app/commands/alerts_command.hpp"
#include "app/commands/alerts_parts.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/demo/screen.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "codec/json_append.hpp"

namespace kentongan::app {
namespace {

using alerts::Remote;
using alerts::RemoteAlert;

constexpr auto kPatience = std::chrono::seconds(10);
constexpr auto kLookAgain = std::chrono::milliseconds(100);

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

void write(LineWriter& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out.write(line);
}

int finish(std::string_view command, LineWriter& out, int code) {
  if (out.flush()) return code;
  return complain(command, {Error::Kind::failed, "cannot write to standard output"});
}

/// "2h" from now, or a time.
std::optional<TimePoint> moment_of(const std::string& text) {
  if (const auto span = parse_duration(text)) return wall_now() + *span;
  return parse_rfc3339(text);
}

void write_action(std::string& out, const AlertsArguments& arguments, const std::string& actor,
                  const std::optional<TimePoint>& until) {
  codec::ObjectWriter object(out);
  object.text("action", arguments.action);
  if (!actor.empty()) {
    codec::ObjectWriter who(object.key("actor"));
    who.text("ref", actor);
    if (!arguments.role.empty()) who.text("role", arguments.role);
  }
  if (!arguments.assignee.empty()) object.text("assignee", arguments.assignee);
  if (until) object.text("until", format_rfc3339(*until, std::chrono::seconds(0)));
  if (!arguments.note.empty()) object.text("note", arguments.note);
}

Result<std::string> body_of(const AlertsArguments& arguments, bool with_token) {
  std::string actor = arguments.actor;
  if (actor.empty() && !with_token) {  // who shows a token is who the token says
    const char* const login = std::getenv("USER");
    actor = login == nullptr ? "" : login;
    if (actor.empty()) return fail(Error::Kind::usage, "--actor is missing: who acts, such as lurah-kiduldalem");
  }
  const auto until = arguments.until.empty() ? std::nullopt : moment_of(arguments.until);
  if (!arguments.until.empty() && !until) {
    return fail(Error::Kind::usage, "--until takes a duration such as 2h, or a time such as 2024-11-27T06:00:00+07:00");
  }
  std::string body;
  write_action(body, arguments, actor, until);
  return body;
}

/// Whether what was asked for has come about.
bool took_effect(const AlertsArguments& arguments, const RemoteAlert& before, const RemoteAlert& now) {
  if (!now.open()) return true;
  if (arguments.action == "resolve" || arguments.action == "false_alarm") return false;
  if (arguments.action == "confirm") return !now.last.proposed;
  if (arguments.action == "assign") return now.last.assignee == arguments.assignee;
  if (arguments.action == "snooze") return now.steps.size() > before.steps.size();
  return now.last.state == AlertState::acknowledged;
}

Result<RemoteAlert> wait_for_effect(const Remote& remote, const AlertsArguments& arguments, const RemoteAlert& before) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    auto now = remote.one(before.last.alert.value());
    if (!now || took_effect(arguments, before, *now)) return now;
    if (std::chrono::steady_clock::now() >= until) {
      return fail(Error::Kind::failed,
                  fmt::format("{}: the action is kept, but took no effect within 10 s; is the service ready, and its "
                              "clock not behind?",
                              before.last.alert.value()));
    }
    std::this_thread::sleep_for(kLookAgain);
  }
}

Result<std::string> act_on(const Remote& remote, const AlertsArguments& arguments, const std::string& id,
                           const std::string& body) {
  auto alert = remote.one(id);
  if (!alert) return tl::unexpected(alert.error());
  if (!alert->open()) {
    const TimePoint closed = alert->steps.empty() ? alert->last.since : alert->steps.back().time;
    return fail(Error::Kind::invalid, fmt::format("{} is closed ({}, {} ago); nothing was done", id,
                                                  name_of(alert->last.state), alerts::age_of(wall_now() - closed)));
  }
  if (auto acted = remote.act(id, body); !acted) return tl::unexpected(acted.error());
  if (arguments.wait) {
    alert = wait_for_effect(remote, arguments, *alert);
    if (!alert) return tl::unexpected(alert.error());
  }
  if (arguments.format == "json") {
    std::string line;
    {
      codec::ObjectWriter object(line);
      object.text("alert", id);
      object.text("action", arguments.action);
      if (arguments.wait) object.text("state", name_of(alert->last.state));
    }
    return line;
  }
  return fmt::format("{}  {}{}", id, arguments.action,
                     arguments.wait ? fmt::format("  now {}", name_of(alert->last.state)) : "");
}

}  // namespace

alerts::ViewStyle style_of(const AlertsArguments& arguments) {
  alerts::ViewStyle style;
  const bool terminal = ::isatty(STDOUT_FILENO) != 0;
  style.width = terminal ? demo::Screen::size().width : 0;
  style.colour = wants_colour(STDOUT_FILENO);
  style.indonesian = language_for(arguments.language, true) == said::Language::indonesian;
  return style;
}

Result<std::string> token_of(const AlertsArguments& arguments) {
  if (!arguments.token_file) {
    const char* const given = std::getenv("KENTONGAN_TOKEN");
    return std::string(given == nullptr ? "" : given);
  }
  return read_token_file(*arguments.token_file);
}

Result<Remote> remote_of(const AlertsArguments& arguments) {
  auto token = token_of(arguments);
  if (!token) return tl::unexpected(token.error());
  std::string url = arguments.url;
  if (url.empty()) {
    const auto config = load_config(arguments.config);
    if (!config) return tl::unexpected(config.error());
    url = "http://" + config->http_listen;
  } else if (!url.starts_with("http://") && !url.starts_with("https://")) {
    return fail(Error::Kind::usage, "--url takes http://HOST:PORT or https://HOST:PORT");
  }
  return Remote(url, *token, arguments.ca_file);
}

int alerts_list(const AlertsArguments& arguments) {
  constexpr std::string_view kCommand = "alerts list";
  const auto remote = remote_of(arguments);
  if (!remote) return complain(kCommand, remote.error());
  const auto found = remote->list(arguments.filter);
  if (!found) return complain(kCommand, found.error());
  LineWriter out(STDOUT_FILENO);
  if (arguments.format == "json") {
    for (const RemoteAlert& alert : *found) out.write(alert.json);
  } else if (found->empty()) {
    fmt::print(stderr, "there are no such alerts\n");
  } else {
    write(out, alerts::table_of(*found, wall_now(), style_of(arguments)));
  }
  return finish(kCommand, out, kGood);
}

int alerts_show(const AlertsArguments& arguments) {
  constexpr std::string_view kCommand = "alerts show";
  const auto remote = remote_of(arguments);
  if (!remote) return complain(kCommand, remote.error());
  LineWriter out(STDOUT_FILENO);
  for (std::size_t i = 0; i < arguments.alerts.size(); ++i) {
    const auto alert = remote->one(arguments.alerts[i]);
    if (!alert) return finish(kCommand, out, complain(kCommand, alert.error()));
    if (arguments.format == "json") {
      out.write(alert->json);
      continue;
    }
    if (i > 0) out.write("");
    write(out, alerts::page_of(*alert, wall_now(), style_of(arguments)));
  }
  return finish(kCommand, out, kGood);
}

int alerts_act(const AlertsArguments& arguments) {
  const std::string command = "alerts " + arguments.action;
  const auto remote = remote_of(arguments);
  if (!remote) return complain(command, remote.error());
  const auto token = token_of(arguments);
  const auto body = body_of(arguments, token && !token->empty());
  if (!body) return complain(command, body.error());
  LineWriter out(STDOUT_FILENO);
  int code = kGood;
  for (const std::string& id : arguments.alerts) {
    const auto done = act_on(*remote, arguments, id, *body);
    if (done) {
      out.write(*done);
      continue;
    }
    code = std::max(code, complain(command, done.error()));
    if (done.error().kind != Error::Kind::invalid) break;  // the others would fare no better
  }
  return finish(command, out, code);
}

}  // namespace kentongan::app
