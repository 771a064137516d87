// SPDX-License-Identifier: Apache-2.0
#include "app/office_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/demo.hpp"
#include "app/commands/report.hpp"

namespace kentongan::app {

void add_report(CLI::App& app, std::function<int()>& chosen) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* command = app.add_subcommand("report", "the figures of a period, as a page to send on or as data");
  command->footer(
      "example: kentongan report --config kentongan.yaml --from 2024-11-01 --to 2024-11-30 --format html > "
      "report.html\n"
      "         kentongan report --events events.ndjson --rules rules --from 2024-11-01 --to 2024-11-30");
  command->add_option("--from", arguments->from, "first day, or time, of the period")->required();
  command->add_option("--to", arguments->to, "last day, with all of it; or the time before which it ends")->required();
  command->add_option("--config", arguments->config, "configuration file (YAML) of the service whose journal is read");
  command->add_option("--events", arguments->events,
                      "replay this file instead of reading a journal; - is standard input");
  command->add_option("--rules", arguments->source.rules, "folder of rule files (default: those of the configuration)")
      ->allow_extra_args(false);
  command->add_option("--reference", arguments->source.reference,
                      "folder of reference data (default: `reference` below the rules)");
  command->add_option("--until", arguments->engine.until,
                      "with --events: move every city's clock on to this time at the end");
  command->add_option("--dedupe", arguments->engine.dedupe, "with --events: how long duplicates are found (7d)");
  command->add_option("--lateness", arguments->engine.lateness, "with --events: how late an event may be (24h)");
  command->add_option("--format", arguments->format, "md, html, json or csv")
      ->check(CLI::IsMember({"md", "html", "json", "csv"}))
      ->capture_default_str();
  command->add_option("--lang", arguments->language, "of md and html: id or en")
      ->check(CLI::IsMember({"id", "en"}))
      ->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return report(*arguments); }; });
}

void add_demo(CLI::App& app, std::function<int()>& chosen) {
  auto arguments = std::make_shared<DemoArguments>();
  CLI::App* command = app.add_subcommand("demo", "a whole campaign through the real service, to watch");
  command->footer(
      "example: kentongan demo\n"
      "         kentongan demo --once --data kentongan-data/demo\n"
      "The campaign is that of `kentongan generate`: nothing of it happened. Ctrl-C ends it.");
  command->add_option("--speed", arguments->speed,
                      "of its clock: 3600x is an hour a second (default; with --once faster)");
  command->add_flag("--once", arguments->once, "end by itself, after about a minute unless --speed says otherwise");
  command->add_option("--seed", arguments->seed, "another seed, another campaign")->capture_default_str();
  command->add_option("--days", arguments->days, "days up to voting day and with it, 1 to 45")
      ->check(CLI::Range(1, 45))
      ->capture_default_str();
  command->add_option("--data", arguments->data, "keep journal and configuration in this folder (default: not at all)");
  command->add_option("--rules", arguments->source.rules, "folder of rule files (default: those of the installation)")
      ->allow_extra_args(false);
  command->add_option("--reference", arguments->source.reference,
                      "folder of reference data (default: `reference` below the rules)");
  command->add_option("--lang", arguments->language, "en or id (default: that of LANG)")
      ->check(CLI::IsMember({"en", "id"}));
  command->callback([arguments, &chosen] { chosen = [arguments] { return demo_command(*arguments); }; });
}

}  // namespace kentongan::app
