// SPDX-License-Identifier: Apache-2.0
#include "app/command_line_alerts.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/alert_commands.hpp"

namespace kentongan::app {
namespace {

using Chosen = std::function<int()>;

void add_reference(CLI::App& command, RuleSource& source) {
  command
      .add_option("--rules", source.rules, "folder of rule files; its `reference` holds roster.yaml and routing.yaml")
      ->allow_extra_args(false);
  command.add_option("--reference", source.reference, "folder of reference data");
}

RuleSource with_default(RuleSource source) {
  if (source.rules.empty()) source.rules = {installed_rules()};
  return source;
}

void add_duty_plan(CLI::App& duty, Chosen& chosen) {
  auto arguments = std::make_shared<DutyPlanArguments>();
  CLI::App* command = duty.add_subcommand("plan", "who is told what and when: alerts in, deliveries out, a line each");
  command->footer("example: kentongan replay --rules rules events.ndjson | kentongan duty plan --rules rules -");
  add_reference(*command, arguments->source);
  command->add_option("--until", arguments->until,
                      "end the plan at this time (default: when all that waits has been told)");
  command->add_option("--group-wait", arguments->group_wait, "how long the first message of a cause waits for others")
      ->capture_default_str();
  command->add_option("--group-window", arguments->group_window, "in this time a person gets one message of a cause")
      ->capture_default_str();
  command->add_option("FILE", arguments->input, "alerts, one CloudEvent a line; - is standard input")
      ->capture_default_str();
  command->callback([arguments, &chosen] {
    arguments->source = with_default(arguments->source);
    chosen = [arguments] { return duty_plan(*arguments); };
  });
}

}  // namespace

void add_duty(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<DutyArguments>();
  CLI::App* command = app.add_subcommand("duty", "who is on duty, and who would be told");
  command->footer("example: kentongan duty --at 2024-11-27T03:00:00+07:00 --area 35.73.02.1004");
  command->require_subcommand(0, 1);
  add_reference(*command, arguments->source);
  command->add_option("--at", arguments->at, "at this time (RFC 3339; default: now)");
  command->add_option("--area", arguments->area, "for this kelurahan, kecamatan or city (default: anywhere)");
  command->add_option("--role", arguments->role, "only of this role");
  command->add_option("--format", arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([arguments, command, &chosen] {
    if (!command->get_subcommands().empty()) return;
    arguments->source = with_default(arguments->source);
    chosen = [arguments] { return duty_list(*arguments); };
  });
  add_duty_plan(*command, chosen);
}

void add_cap(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<CapArguments>();
  CLI::App* command = app.add_subcommand("cap", "alerts as CAP 1.2 documents (Common Alerting Protocol)");
  command->footer(
      "example: kentongan replay --rules rules events.ndjson | kentongan cap --rules rules --sender fkdm@example.org "
      "-\n"
      "Without --to the documents are written one a line, each with its XML declaration.");
  add_reference(*command, arguments->source);
  command->add_option("--sender", arguments->sender, "identifies who sends, such as posko@malangkota.example")
      ->required();
  command->add_option("--sender-name", arguments->sender_name, "the sender as people call it");
  command->add_option("--web", arguments->web, "address of a page about alerts");
  command->add_option("--contact", arguments->contact, "whom to ask");
  command->add_option("--status", arguments->status, "Actual, Exercise, System or Test")
      ->check(CLI::IsMember({"Actual", "Exercise", "System", "Test"}))
      ->capture_default_str();
  command->add_option("--scope", arguments->scope, "Public, Restricted (to the roles that are told) or Private")
      ->check(CLI::IsMember({"Public", "Restricted", "Private"}))
      ->capture_default_str();
  command->add_option("--to", arguments->folder, "write a file for each document into this folder");
  command->add_option("FILE", arguments->input, "alerts, one CloudEvent a line; - is standard input")
      ->capture_default_str();
  command->callback([arguments, &chosen] {
    arguments->source = with_default(arguments->source);
    chosen = [arguments] { return cap(*arguments); };
  });
}

}  // namespace kentongan::app
