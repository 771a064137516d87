// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/alerts_command.hpp"

namespace kentongan::app {
namespace {

using Chosen = std::function<int()>;
using Arguments = std::shared_ptr<AlertsArguments>;

void add_service(CLI::App& command, AlertsArguments& arguments) {
  command.add_option("--config", arguments.config, "configuration of the service, for its address");
  command.add_option("--url", arguments.url, "the service (default: http:// and http.listen of the configuration)");
  command.add_option("--token-file", arguments.token_file,
                     "file with a token to show (default: the environment variable KENTONGAN_TOKEN)");
  command.add_option("--ca-file", arguments.ca_file, "with https: authorities in PEM (default: those of the system)");
  command.add_option("--format", arguments.format, "text or json: an object a line (default: text)")
      ->check(CLI::IsMember({"text", "json"}));
}

void add_reader(CLI::App& command, AlertsArguments& arguments) {
  add_service(command, arguments);
  command.add_option("--lang", arguments.language, "which text of an alert: en or id (default: that of LANG)")
      ->check(CLI::IsMember({"en", "id"}));
}

void add_filter(CLI::App& command, alerts::Filter& filter) {
  command.add_option("--level", filter.level, "of at least this level")
      ->check(CLI::IsMember({"waspada", "siaga", "awas"}));
  command.add_option("--area", filter.area, "of this kelurahan, kecamatan or city");
  command.add_option("--rule", filter.rule, "of this rule; consignment-* are all that begin so");
}

void add_alert(CLI::App& command, AlertsArguments& arguments) {
  command.add_option("ALERT", arguments.alerts, "number of an alert; several may be given")->required();
}

CLI::App* add_action(CLI::App& group, Chosen& chosen, const Arguments& arguments, const char* name, const char* what,
                     const char* example) {
  CLI::App* const command = group.add_subcommand(name, what);
  command->footer(example);
  add_alert(*command, *arguments);
  command->add_option("--actor", arguments->actor, "who acts (default: whose the token is, else the login)");
  command->add_option("--role", arguments->role, "the role in which, such as lurah");
  command->add_option("--note", arguments->note, "a remark that is kept");
  command->add_flag("--wait", arguments->wait, "until it took effect, at most 10 s");
  add_service(*command, *arguments);
  command->callback([arguments, &chosen] { chosen = [arguments] { return alerts_act(*arguments); }; });
  return command;
}

Arguments acting(const char* action) {
  auto arguments = std::make_shared<AlertsArguments>();
  arguments->action = action;
  return arguments;
}

void add_actions(CLI::App& group, Chosen& chosen) {
  add_action(group, chosen, acting("acknowledge"), "ack", "say that somebody sees to it; escalation stops",
             "example: kentongan alerts ack 35.73-0d8ab7b5cd50a4d1 --actor lurah-kiduldalem --role lurah");
  add_action(group, chosen, acting("confirm"), "confirm", "confirm an awas that is only proposed",
             "example: kentongan alerts confirm 35.73-0d8ab7b5cd50a4d1 --actor posko-1 --role posko");
  add_action(group, chosen, acting("resolve"), "resolve", "say that it is over; who was told gets an all-clear",
             "example: kentongan alerts resolve 35.73-0d8ab7b5cd50a4d1 --note \"dimediasi\"");
  add_action(group, chosen, acting("false_alarm"), "false-alarm", "say that there was nothing",
             "example: kentongan alerts false-alarm 35.73-0d8ab7b5cd50a4d1");
  auto assign = acting("assign");
  add_action(group, chosen, assign, "assign", "give it to somebody",
             "example: kentongan alerts assign 35.73-0d8ab7b5cd50a4d1 --to babinsa-3")
      ->add_option("--to", assign->assignee, "a person or a role")
      ->required();
  auto snooze = acting("snooze");
  add_action(group, chosen, snooze, "snooze", "no escalation and no reminder for some time",
             "example: kentongan alerts snooze 35.73-0d8ab7b5cd50a4d1 --until 2h")
      ->add_option("--until", snooze->until, "a duration from now, or a time (RFC 3339)")
      ->required();
}

}  // namespace

void add_alerts(CLI::App& app, Chosen& chosen) {
  CLI::App* const group = app.add_subcommand("alerts", "the alerts of a running service: look at them, answer them");
  group->require_subcommand(1);
  auto list = std::make_shared<AlertsArguments>();
  CLI::App* const listing = group->add_subcommand("list", "alerts, newest first");
  listing->footer("example: kentongan alerts list --level siaga --area 35.73.02");
  listing->add_option("--state", list->filter.state, "open, all, firing, acknowledged, resolved, expired or withdrawn")
      ->check(CLI::IsMember({"open", "all", "firing", "acknowledged", "resolved", "expired", "withdrawn"}))
      ->capture_default_str();
  add_filter(*listing, list->filter);
  add_reader(*listing, *list);
  listing->callback([list, &chosen] { chosen = [list] { return alerts_list(*list); }; });
  auto show = std::make_shared<AlertsArguments>();
  CLI::App* const showing = group->add_subcommand("show", "all about an alert");
  showing->footer("example: kentongan alerts show 35.73-0d8ab7b5cd50a4d1");
  add_alert(*showing, *show);
  add_reader(*showing, *show);
  showing->callback([show, &chosen] { chosen = [show] { return alerts_show(*show); }; });
  add_actions(*group, chosen);
  auto watch = std::make_shared<AlertsArguments>();
  CLI::App* const watching = group->add_subcommand("watch", "open alerts as they change, until Ctrl-C");
  watching->footer(
      "example: kentongan alerts watch --level siaga\n"
      "Without a terminal: a line for each step.");
  watching->add_option("--every", watch->every, "how often it looks")->capture_default_str();
  add_filter(*watching, watch->filter);
  add_reader(*watching, *watch);
  watching->callback([watch, &chosen] { chosen = [watch] { return alerts_watch(*watch); }; });
}

}  // namespace kentongan::app
